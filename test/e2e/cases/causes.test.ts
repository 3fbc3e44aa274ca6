import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import { type Evidence, noEvidence } from '../../../shared/diagnosis/evidence.ts';
import { createDebian } from '../../lab/build/debian.ts';
import { kubernetesPart } from '../../lab/build/kubernetes.ts';
import { ensurePart } from '../../lab/build/part.ts';
import { createProgress } from '../../lab/cli/progress.ts';
import { labPaths } from '../../lab/layout.ts';
import { defaultSystem, suites } from '../../lab/systems.ts';

/** What real programs print of settings that they reject, and the cause that muster shows. */
let folder: string;
beforeAll(async () => {
  const progress = createProgress((line) => process.stdout.write(`  ${line}\n`));
  await ensurePart(kubernetesPart(createDebian(suites[defaultSystem])), progress);
  folder = await mkdtemp(join(tmpdir(), 'muster-causes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function linesOf(program: string, args: readonly string[], path = process.env.PATH): Promise<string[]> {
  // dockerd mounts its data folder, which must not outlive it.
  const { all } = await execa('unshare', ['--mount', program, ...args], {
    all: true,
    reject: false,
    timeout: 20_000,
    cwd: folder,
    env: { PATH: path },
  });
  return all.split('\n');
}

const shown = (part: Partial<Evidence>) =>
  diagnose({ ...noEvidence, ...part }).map(({ failure, signs }) => [failure.id, JSON.stringify(signs[0]?.values)]);

describe('kubelet', () => {
  const kubelet = (...args: string[]) => linesOf(join(labPaths.bin, 'kubelet'), args);
  const config = async (settings: string) => {
    const kind = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';
    await writeFile(join(folder, 'config.yaml'), `${kind}${settings}\n`);
    return ['--config', join(folder, 'config.yaml'), '--root-dir', join(folder, 'kubelet')];
  };

  test.each([
    ['featureGates: {Unheard: true}', 'kubelet-config-invalid', 'unrecognized feature gate: Unheard'],
    ['imageGCHighThresholdPercent: 300', 'kubelet-config-invalid', 'imageGCHighThresholdPercent'],
    ['cgroupDriver: 3', 'kubelet-config-invalid', 'CgroupDriver'],
  ])('%s: %s', async (settings, id, named) => {
    const lines = await kubelet(...(await config(settings)));
    expect(shown({ step: 'kubeadm-join', kubelet: lines })).toEqual([[id, expect.stringContaining(named)]]);
  });

  test.each([
    [['--unheard'], 'kubelet-flag-unknown', 'unheard'],
    [['--node-labels', 'node-role.kubernetes.io/worker='], 'kubelet-config-invalid', 'node-role.kubernetes.io/worker'],
    [['--register-with-taints', 'a=b'], 'kubelet-config-invalid', '--register-with-taints'],
  ])('%j: %s', async (args, id, named) => {
    const lines = await kubelet(...args);
    expect(shown({ step: 'kubeadm-join', kubelet: lines })).toEqual([[id, expect.stringContaining(named)]]);
  });

  test('a credential that is gone', async () => {
    const gone = ['--bootstrap-kubeconfig', '/nowhere/bootstrap.conf', '--kubeconfig', '/nowhere/kubelet.conf'];
    const lines = await kubelet(...(await config('')), ...gone);
    expect(shown({ step: 'node-ready', kubelet: lines })).toEqual([
      ['kubelet-credential-lost', expect.stringContaining('/nowhere/bootstrap.conf')],
    ]);
  });
});

describe('kubeadm', () => {
  test.each([
    ['apiServer: {extraArgs: [{name: a, value: b}]}', 'kubeadm-config-invalid', 'apiServer.extraArgs'],
    ['apiServer: {extraArgs: {a: true}}', 'kubeadm-config-invalid', 'apiServer.extraArgs'],
    ['networking: {podSubnet: 10.244.0.0/33}', 'kubeadm-config-invalid', 'podSubnet'],
    ['featureGates: {Unheard: true}', 'kubeadm-config-invalid', 'Unheard'],
  ])('%s: %s', async (settings, id, named) => {
    const head = 'apiVersion: kubeadm.k8s.io/v1beta2\nkind: ClusterConfiguration\nkubernetesVersion: v1.20.2\n';
    await writeFile(join(folder, 'kubeadm.yaml'), `${head}${settings}\n`);
    const args = ['config', 'images', 'list', '--config', join(folder, 'kubeadm.yaml')];
    const output = await linesOf(join(labPaths.bin, 'kubeadm'), args);
    expect(shown({ step: 'images', output })).toEqual([[id, expect.stringContaining(named)]]);
  });
});

describe.each(['debian-12', 'debian-13'] as const)('the runtimes of %s', (system) => {
  const root = () => join(folder, system);
  const path = () => `${root()}/usr/sbin:${root()}/usr/bin:${process.env.PATH}`;

  beforeAll(async () => {
    const packages = join(folder, `${system}-packages`);
    await createDebian(suites[system]).download(['docker.io', 'containerd', 'runc'], packages);
    for (const file of await readdir(packages)) await execa('dpkg', ['-x', join(packages, file), root()]);
  }, 180_000);

  test.each([
    ['{"log-opts":{"syslog-address":"x"}}', 'syslog-address'],
    ['{"registry-mirrors":["harbor.corp.example"]}', 'harbor.corp.example'],
    ['{"exec-opts":["native.cgroupdriver=unheard"]}', 'unheard'],
    ['{"unheard":1}', 'unheard'],
    ['{"hosts": [', 'daemon.json'],
    ['{"default-runtime":"unheard"}', 'unheard'],
  ])('dockerd with %s', async (settings, named) => {
    await writeFile(join(folder, 'daemon.json'), settings);
    const own = ['--data-root', 'docker', '--exec-root', 'exec', '--pidfile', 'pid'].map((word) =>
      word.startsWith('-') ? word : join(root(), word),
    );
    const closed = ['--iptables=false', '--ip6tables=false', '--bridge=none', '-H', `unix://${root()}/docker.sock`];
    const args = ['--config-file', join(folder, 'daemon.json'), ...own, ...closed];
    const runtime = await linesOf('dockerd', args, path());
    expect(shown({ step: 'runtime', runtime })).toEqual([['runtime-config-broken', expect.stringContaining(named)]]);
  });

  test.each([
    ['version = 2\ndisabled_plugins = ["cri"]', 'cri'],
    ['unheard = [', 'containerd.toml'],
    ['version = 2\n[plugins."io.containerd.grpc.v1.cri"]\nsandbox_image = 3', 'string'],
  ])('containerd with %j', async (settings, named) => {
    const file = join(folder, 'containerd.toml');
    await writeFile(file, `${settings}\n`);
    const args = ['--config', file, '--root', join(root(), 'root'), '--state', join(root(), 'state')];
    const runtime = await linesOf('containerd', [...args, '--address', join(root(), 'containerd.sock')], path());
    expect(shown({ step: 'runtime', runtime })).toEqual([['runtime-config-broken', expect.stringContaining(named)]]);
  });
});
