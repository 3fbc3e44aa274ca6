import { describe, expect, it } from 'vitest';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import type { TestMember } from '../etcd/cluster.ts';
import type { TestContext } from './context.ts';
import { controlPlaneOfFile, etcdPod, kubeadm, manifest, other, own, third } from './control-plane-host.ts';

const { etcd, host } = await controlPlaneOfFile();

describe('a join that was cut short after etcd counted its member and before its manifest was whole', () => {
  const added = { ...own, name: '', runs: false };
  const localEtcd = 'init phase etcd';

  async function applied(context: TestContext) {
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.cleanUp?.(context);
    const configuration: string[] = [];
    context.host.programs.kubeadm = async (args) => {
      configuration.push((await context.host.readFile(args[args.indexOf('--config') + 1] ?? '')) ?? '');
      await context.host.writeFile(manifest('etcd'), etcdPod);
      return '';
    };
    await kubeadmJoin.apply(context);
    return configuration.join();
  }

  it('starts the member that the first one waits for', async () => {
    const context = await host({}, added, other);
    const configuration = await applied(context);
    expect(kubeadm(context)).toEqual([localEtcd]);
    expect(configuration).toContain(
      'initial-cluster: "master01=https://192.168.0.130:2380,master02=https://192.168.0.122:2380"',
    );
    expect(configuration).toContain('initial-cluster-state: "existing"');
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
  });

  it('writes arguments as a list for a kubeadm that reads lists', async () => {
    const context = await host({}, added, other);
    context.assignment.settings.kubernetes.version = '1.34.1';
    context.assignment.settings.runtime.name = 'containerd';
    expect(await applied(context)).toMatch(/- name: "initial-cluster-state"\n\s+value: "existing"/);
  });

  it('replaces an empty manifest, which a loss of power leaves', async () => {
    const context = await host({ etcd: true }, own, other);
    await context.host.writeFile(manifest('etcd'), '');
    for (const member of etcd.members) member.runs = member.name === 'master02';
    await applied(context);
    expect(kubeadm(context)).toEqual([localEtcd]);
  });

  it.each<[string, TestMember[]]>([
    ['the data of a member that had started is gone', [{ ...own, runs: false }, other]],
    ['the others have a leader', [added, other, third]],
  ])('starts over if %s', async (_, members) => {
    const context = await host({}, ...members);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(kubeadm(context).at(-1)).toMatch(/^join/);
  });
});
