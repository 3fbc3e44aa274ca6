import { describe, expect, it } from 'vitest';
import { packages } from '../../../agent/steps/packages.ts';
import { aptHost, docker, installedOnes, kubernetesNames } from './apt-host.ts';

describe('packages', () => {
  it('waits for the host that installs first', async () => {
    const context = aptHost();
    context.assignment.installsAfter = 'master01';
    expect(await packages.check(context)).toMatchObject({
      state: 'waiting',
      message: { en: expect.stringContaining('master01') },
    });
    context.assignment.installsAfter = null;
    expect(await packages.check(context)).toMatchObject({ state: 'todo' });
  });

  it('installs the newest revision of the planned version in one run, and holds it', async () => {
    const context = aptHost();
    expect(await packages.check(context)).toMatchObject({
      state: 'todo',
      message: { en: 'not installed: docker.io, docker-cli, cri-tools, kubeadm, kubelet, kubectl' },
    });
    await packages.apply(context);
    expect(await packages.check(context)).toEqual({ state: 'done' });
    const installs = context.host.calls.filter(({ args }) => args[0] === 'install');
    expect(installs).toHaveLength(1);
    expect(installs[0]).toMatchObject({ as: 'packages', env: { DEBIAN_FRONTEND: 'noninteractive' } });
    expect(installs[0]?.args.slice(-5)).toEqual([
      'docker.io',
      'cri-tools',
      ...kubernetesNames.map((name) => `${name}=1.20.2-01`),
    ]);
  });

  it('that are installed but not held are not done', async () => {
    const installed = installedOnes('1.20.2-00');
    expect(await packages.check(aptHost({ installed, files: docker }))).toMatchObject({
      message: { en: expect.stringContaining('not held') },
    });
  });

  it('that lack only their holds are held, and nothing is installed', async () => {
    const context = aptHost({ installed: installedOnes('1.20.2-00'), files: docker });
    await packages.apply(context);
    expect(await packages.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines().filter((line) => line.startsWith('apt-get'))).toEqual([]);
    expect(context.host.remembered).toContain('folder /etc/cni');
  });

  it('that were upgraded outside muster are set back to the version that it installed', async () => {
    const context = aptHost({ files: { '/etc/kubernetes/kubelet.conf': 'x' } });
    await packages.apply(context);
    await context.host.run('apt-get', ['install', 'kubelet=1.21.0-00']);
    expect(await packages.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('kubelet 1.21.0-00') },
    });
    context.assignment.settings.kubernetes.version = '1.22.0';
    expect(await packages.check(context), 'the plan has changed').toMatchObject({ state: 'done' });
  });

  it('record what was installed before, and which packages they added', async () => {
    const context = aptHost({ installed: { bash: '5' } });
    await packages.apply(context);
    expect(context.host.remembered).toEqual(
      expect.arrayContaining([
        ...['unit docker.service', 'unit kubelet.service', 'hold docker.io', 'hold cri-tools', 'hold kubeadm'],
        'folder /etc/kubernetes',
      ]),
    );
    expect(JSON.parse(context.host.content('/var/lib/muster-agent/package-changes.json'))).toMatchObject({
      packages: ['docker.io', 'cri-tools', ...kubernetesNames].sort(),
      version: '1.20.2-01',
    });
  });

  it('are never changed to another version under a Node', async () => {
    const installed = installedOnes('1.19.0-00');
    expect(await packages.check(aptHost({ installed }))).toMatchObject({ state: 'todo' });
    const node = aptHost({ installed, files: { '/etc/kubernetes/kubelet.conf': 'x' } });
    expect(await packages.check(node)).toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('1.19.0-00') },
    });
  });

  it('adopts the installation that an earlier agent started', async () => {
    const context = aptHost();
    context.host.units.set('packages', { state: 'running', result: { exitCode: 0, tail: ['Setting up kubeadm'] } });
    await packages.apply(context);
    expect(context.host.calls.some(({ program }) => program === 'apt-get')).toBe(false);
  });

  it('retries a failed update, also when apt only warned about the Kubernetes source', async () => {
    const source = 'deb http://mirror/kubernetes kubernetes-xenial main\n';
    const context = aptHost({ files: { '/etc/apt/sources.list.d/muster-kubernetes.list': source } });
    const release = 'http://mirror/kubernetes/dists/kubernetes-xenial/InRelease';
    const answers = [
      { exitCode: 100, stderr: 'E: Could not get lock' },
      { stderr: `W: Failed to fetch ${release}  Connection failed` },
      {},
    ];
    const install = context.host.programs['apt-get'];
    context.host.programs['apt-get'] = (args, options) =>
      args[0] === 'update' ? answers.shift() : install?.(args, options);
    await packages.apply(context);
    expect(answers).toEqual([]);
  });

  it('fails with apt’s own errors', async () => {
    const context = aptHost();
    context.host.programs['apt-get'] = (args) =>
      args[0] === 'install'
        ? { exitCode: 100, stdout: 'Reading…', stderr: 'E: Unable to correct problems' }
        : undefined;
    await expect(packages.apply(context)).rejects.toMatchObject({
      code: 'packages-failed',
      params: { reason: 'E: Unable to correct problems' },
    });
  });

  it('first completes an interrupted dpkg run', async () => {
    const context = aptHost({ files: { '/var/lib/dpkg/updates/0001': '' } });
    context.host.programs.dpkg = () => '';
    await packages.apply(context);
    const lines = context.host.lines();
    const configured = lines.indexOf('dpkg --force-confold --configure -a');
    expect(configured).toBeGreaterThanOrEqual(0);
    expect(configured).toBeLessThan(lines.findIndex((line) => line.startsWith('apt-get')));
  });
});
