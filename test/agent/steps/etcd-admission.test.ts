import { describe, expect, it } from 'vitest';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import type { TestMember } from '../etcd/cluster.ts';
import type { TestContext } from './context.ts';
import { controlPlaneOfFile, kubeadm, type Left, manifest, other, own, record, third } from './control-plane-host.ts';

const { etcd, host } = await controlPlaneOfFile();

describe('etcd that the kubelet refused to run, because its pod requests storage', () => {
  const asking = [
    ...['spec:', '  containers:', '  - image: etcd:3.4.13-0', '    command:', '    - etcd', '    - --name=master01'],
    ...['    - --data-dir=/var/lib/etcd', '    - --initial-advertise-peer-urls=https://192.168.0.130:2380'],
    ...['    resources:', '      requests:', '        cpu: 100m', '        ephemeral-storage: 100Mi', ''],
  ].join('\n');
  const isAsking = (context: TestContext) => context.host.content(manifest('etcd')).includes('ephemeral-storage');

  /** The kubelet runs it once it requests none. */
  async function refused(left: Left, ...members: TestMember[]) {
    const context = await host({ etcd: true, ...left }, { ...own, runs: false }, ...members);
    await context.host.writeFile(manifest('etcd'), asking);
    const write = context.host.writeFile;
    context.host.writeFile = async (path, content, options) => {
      await write(path, content, options);
      for (const member of etcd.members) member.runs ||= path === manifest('etcd') && !isAsking(context);
    };
    context.host.programs.pgrep = () => ({ exitCode: 1 });
    return context;
  }

  it('is started without the request on a control plane that holds the cluster', async () => {
    const context = await refused({ record: true }, other, third);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(isAsking(context)).toBe(false);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
  });

  it.each([
    ['waits for', [other]],
    ['could do without', [other, third]],
  ])('is started after a join that the cluster %s, which is then completed', async (_, others) => {
    const context = await refused({}, ...others);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.cleanUp?.(context);
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toEqual(['init phase mark-control-plane']);
    expect(context.host.files.has(record)).toBe(true);
  });

  it('is left alone while an etcd runs', async () => {
    const context = await refused({ record: true }, other, third);
    context.host.programs.pgrep = () => '';
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
    expect(isAsking(context)).toBe(true);
  });

  it('requests none before its kubelet registers a new Node', async () => {
    const context = await refused({ record: true, node: false }, other, third);
    for (const member of etcd.members) member.runs = true;
    const { systemctl } = context.host.programs;
    const seen: boolean[] = [];
    context.host.programs.systemctl = (args, options) => {
      if (args[0] === 'restart') seen.push(isAsking(context));
      return systemctl?.(args, options);
    };
    await kubeadmJoin.apply(context);
    expect(seen).toEqual([false]);
  });
});
