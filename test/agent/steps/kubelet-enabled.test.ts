import { expect, it } from 'vitest';
import { kubeletEnabled } from '../../../agent/steps/kubelet-enabled.ts';
import { testContext } from './context.ts';

const show = (active: string, enabled: string) => `ActiveState=${active}\nUnitFileState=${enabled}\n`;

it('enables the kubelet without starting it', async () => {
  let enabled = 'disabled';
  const context = testContext('kubelet-enabled');
  context.host.programs.systemctl = ([verb]) => {
    if (verb === 'enable') enabled = 'enabled';
    return show('inactive', enabled);
  };
  expect(await kubeletEnabled.check(context)).toMatchObject({ state: 'todo' });
  await kubeletEnabled.apply(context);
  expect(await kubeletEnabled.check(context)).toEqual({ state: 'done' });
  expect(context.host.lines().filter((line) => !line.includes('show'))).toEqual(['systemctl enable kubelet']);
});

it('starts a Node’s stopped kubelet, but not while kubeadm runs', async () => {
  const files = { '/etc/kubernetes/kubelet.conf': '', '/var/lib/kubelet/config.yaml': '' };
  const context = testContext('kubelet-enabled', { files });
  let state = 'inactive';
  context.host.programs.systemctl = ([verb]) => {
    if (verb === 'start') state = 'active';
    return show(state, 'enabled');
  };
  context.host.programs.pgrep = () => '77 kubeadm reset -f\n';
  expect(await kubeletEnabled.check(context)).toEqual({ state: 'done' });
  context.host.programs.pgrep = () => ({ exitCode: 1 });
  expect(await kubeletEnabled.check(context)).toMatchObject({ state: 'todo' });
  await kubeletEnabled.apply(context);
  expect(await kubeletEnabled.check(context)).toEqual({ state: 'done' });
});
