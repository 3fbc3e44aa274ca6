import { describe, expect, it } from 'vitest';
import { packages } from '../../../agent/steps/packages.ts';
import { defaultCriDockerd } from '../../../shared/plan/defaults.ts';
import type { Runtime } from '../../../shared/plan/schema.ts';
import { policyOf } from '../policy.ts';
import { testContext } from './context.ts';

describe('packages', () => {
  const names = ['kubeadm', 'kubelet', 'kubectl'];
  const programs = Object.fromEntries(
    ['conntrack', 'ip', 'iptables', 'ethtool', 'socat', 'ebtables'].map((name) => [`/usr/sbin/${name}`, '']),
  );
  const docker = { '/usr/bin/docker': '' };
  const installedOnes = (kubernetes: string) => ({
    ...{ 'docker.io': '20', 'cri-tools': '1.19.0-00' },
    ...{ kubeadm: kubernetes, kubelet: kubernetes, kubectl: kubernetes },
  });

  function aptHost(
    options: {
      installed?: Record<string, string>;
      offered?: string[];
      /** Versions of other packages, the one that apt would install first. */
      others?: Record<string, string[]>;
      files?: Record<string, string>;
    } = {},
  ) {
    const installed = new Map(Object.entries(options.installed ?? {}));
    const held = new Set<string>();
    const kubernetes = options.offered ?? ['1.21.0-00', '1.20.2-01', '1.20.2-00', '1.20.20-00'];
    const offers: Record<string, string[]> = {
      ...{ 'docker.io': ['20.10.24+dfsg1-1'], containerd: ['1.6.20~ds1-1'], 'cri-tools': ['1.26.0-00', '1.25.0-00'] },
      ...Object.fromEntries(names.map((name) => [name, kubernetes])),
      ...options.others,
    };
    const context = testContext('packages', { files: { ...programs, ...options.files } });
    Object.assign(context.host.programs, {
      'dpkg-query': (args: readonly string[]) => {
        if (args.length === 3)
          return [...installed.keys()]
            .filter(Boolean)
            .map((name) => `${name}\tinstalled\n`)
            .join('');
        const found = args.slice(3).filter((name) => installed.has(name));
        const lines = found.map(
          (name) => `${name}\t${installed.get(name)}\t${held.has(name) ? 'hold' : 'install'} ok installed`,
        );
        return { exitCode: found.length === args.length - 3 ? 0 : 1, stdout: lines.join('\n') };
      },
      find: () => (installed.size === 0 ? '' : '/etc/made-by-packages\t1\n'),
      'apt-cache': (args: readonly string[]) =>
        args
          .slice(1)
          .map((name) => policyOf(name, ...(offers[name] ?? [])))
          .join(''),
      'apt-get': (args: readonly string[]) => {
        if (args[0] !== 'install') return;
        const named = args.slice(args.indexOf('--') + 1).filter((name) => !name.includes('='));
        for (const name of named) if (!installed.has(name)) installed.set(name, '1');
        // On this release docker.io contains the client, unless there is a package for it.
        if (named.includes('docker.io')) context.host.files.set('/usr/bin/docker', { content: '', mode: 0o755 });
        for (const [, name = '', version = ''] of args.map((arg) => /^([\w.-]+)=(.+)$/.exec(arg) ?? []))
          installed.set(name, version);
      },
      'apt-mark': (args: readonly string[]) => args.slice(1).forEach((name) => void held.add(name)),
    });
    return context;
  }

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
      ...names.map((name) => `${name}=1.20.2-01`),
    ]);
  });

  it('installs docker’s client and kubeadm’s helpers where the release has them and the programs are missing', async () => {
    const context = aptHost({ others: { 'docker-cli': ['26.1'], conntrack: ['1'], socat: ['1'] } });
    context.host.files.delete('/usr/sbin/conntrack');
    context.host.files.delete('/usr/sbin/ethtool');
    await packages.apply(context);
    const [install] = context.host.calls.filter(({ args }) => args[0] === 'install');
    expect(install?.args.slice(install.args.indexOf('--') + 1)).toEqual([
      ...['docker.io', 'docker-cli', 'conntrack', 'cri-tools'],
      ...names.map((name) => `${name}=1.20.2-01`),
    ]);
    expect(context.host.lines().find((line) => line.startsWith('apt-mark hold'))).toContain(
      'apt-mark hold docker.io docker-cli cri-tools kubeadm kubelet kubectl',
    );
  });

  it('needs no conntrack from the version whose kubeadm accepts a host without it', async () => {
    const context = aptHost({ others: { conntrack: ['1'] }, offered: ['1.32.0-1.1'] });
    context.host.files.delete('/usr/sbin/conntrack');
    context.assignment.settings.kubernetes.version = '1.32.0';
    await packages.apply(context);
    expect(context.host.lines().join()).not.toContain('conntrack');
  });

  const containerd = (changes: Partial<Runtime> = {}) => ({
    ...{
      name: 'containerd' as const,
      package: 'containerd',
      version: null,
      packages: null,
      criDockerd: { ...defaultCriDockerd },
    },
    ...{ registryMirrors: {}, insecureRegistries: [], ...changes },
  });

  it.each([
    ['1.4.13~ds1-1~deb11u4', 'cri-tools=1.25.0-00'],
    ['1.6.20~ds1-1', 'cri-tools'],
  ])('chooses cri-tools that speak the CRI of containerd %s', async (version, argument) => {
    const context = aptHost({ others: { containerd: [version] } });
    context.assignment.settings.runtime = containerd();
    await packages.apply(context);
    const [install] = context.host.calls.filter(({ args }) => args[0] === 'install');
    expect(install?.args).toContain(argument);
  });

  it('replaces cri-tools that do not speak the CRI of the installed containerd', async () => {
    const installed = { ...installedOnes('1.20.2-00'), containerd: '1.4.13~ds1-1', 'cri-tools': '1.26.0-00' };
    const context = aptHost({ installed });
    context.assignment.settings.runtime = containerd();
    expect(await packages.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('cri-tools 1.26.0-00') },
    });
    await packages.apply(context);
    expect(context.host.lines().join()).toContain('cri-tools=1.25.0-00');
  });

  it.each([
    ['containerd', containerd(), { containerd: ['2.1.4~ds2-8', '1.7.24~ds1-6'] }],
    ['docker.io', null, { 'docker.io': ['28.5.2+dfsg1-1'] }],
    ['cri-tools', containerd(), { containerd: ['1.4.13~ds1-1'], 'cri-tools': ['1.26.0-00'] }],
  ])('refuses a %s that Kubernetes 1.20 cannot use, and installs nothing', async (name, runtime, others) => {
    const context = aptHost({ others });
    if (runtime !== null) context.assignment.settings.runtime = runtime;
    await expect(packages.apply(context)).rejects.toMatchObject({
      code: 'package-unsuitable',
      params: { name },
    });
    expect(context.host.calls.some(({ args }) => args[0] === 'install')).toBe(false);
  });

  it('installs a refused version if the plan lowers the check', async () => {
    const context = aptHost({ others: { 'docker.io': ['28.5.2+dfsg1-1'] } });
    context.assignment.settings.preflight.lower = { 'docker-version': { to: 'warning', reason: 'tried' } };
    await packages.apply(context);
    expect(context.host.lines()).toContainEqual(expect.stringMatching(/^apt-get install .*docker\.io/));
  });

  it('installs docker’s own packages at the planned version', async () => {
    const versions = [
      '5:29.1.0-1~debian.12~bookworm',
      '5:20.10.24~3-0~debian-bookworm',
      '5:20.10.2~3-0~debian-bookworm',
    ];
    const others = { 'docker-ce': versions, 'docker-ce-cli': versions, 'containerd.io': ['2.2.0-1', '1.6.33-1'] };
    const context = aptHost({ others });
    Object.assign(context.assignment.settings.runtime, { package: 'docker-ce', version: '20.10.24' });
    await packages.apply(context);
    expect(context.host.lines().find((line) => line.startsWith('apt-get install'))).toContain(
      ` docker-ce=${versions[1]} docker-ce-cli=${versions[1]} containerd.io `,
    );
    expect(await packages.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines().join('\n')).toContain('apt-mark hold docker-ce docker-ce-cli containerd.io cri-tools');
    await context.host.run('apt-get', ['install', '--', `docker-ce=${versions[0]}`]);
    expect(await packages.check(context), 'upgraded by someone else').toMatchObject({ state: 'todo' });
    context.host.files.set('/etc/kubernetes/kubelet.conf', { content: 'x', mode: 0o600 });
    context.assignment.settings.runtime.version = '28';
    expect(await packages.check(context), 'planned anew under a Node').toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('planned: docker-ce 28') },
    });
  });

  it('leaves an installed runtime at its version', async () => {
    const context = aptHost({ installed: { 'docker.io': '20.10.5+dfsg1-1' }, files: docker });
    await packages.apply(context);
    const [install] = context.host.calls.filter(({ args }) => args[0] === 'install');
    expect(install?.args).not.toContain('docker.io');
  });

  it('names the offers when no source has the planned version of the runtime', async () => {
    const context = aptHost();
    context.assignment.settings.runtime.version = '19.03';
    await expect(packages.apply(context)).rejects.toMatchObject({
      code: 'package-unavailable',
      params: { name: 'docker.io', version: '19.03', offered: '20.10.24+dfsg1-1' },
    });
  });

  it('installs the revision that the plan pins', async () => {
    const context = aptHost();
    context.assignment.settings.kubernetes.packageVersion = '1.20.2-00';
    await packages.apply(context);
    expect(context.host.lines().join('\n')).toContain('kubeadm=1.20.2-00');
  });

  it('lists the versions that the source offers when the planned one is missing, and installs nothing', async () => {
    const context = aptHost({ offered: ['1.28.0-1.1'] });
    await expect(packages.apply(context)).rejects.toMatchObject({
      code: 'version-unavailable',
      message: expect.stringContaining('it offers 1.28.0-1.1'),
    });
    expect(context.host.calls.some(({ args }) => args[0] === 'install')).toBe(false);
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
      packages: ['docker.io', 'cri-tools', ...names].sort(),
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
