import { expect, it } from 'vitest';
import { packages } from '../../../agent/steps/packages.ts';
import { defaultCriDockerd } from '../../../shared/plan/defaults.ts';
import type { Runtime } from '../../../shared/plan/schema.ts';
import { aptHost, docker, installedOnes, kubernetesNames } from './apt-host.ts';

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

it('installs docker’s client and kubeadm’s helpers where the release has them and the programs are missing', async () => {
  const context = aptHost({ others: { 'docker-cli': ['26.1'], conntrack: ['1'], socat: ['1'] } });
  context.host.files.delete('/usr/sbin/conntrack');
  context.host.files.delete('/usr/sbin/ethtool');
  await packages.apply(context);
  const [install] = context.host.calls.filter(({ args }) => args[0] === 'install');
  expect(install?.args.slice(install.args.indexOf('--') + 1)).toEqual([
    ...['docker.io', 'docker-cli', 'conntrack', 'cri-tools'],
    ...kubernetesNames.map((name) => `${name}=1.20.2-01`),
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
  const versions = ['5:29.1.0-1~debian.12~bookworm', '5:20.10.24~3-0~debian-bookworm', '5:20.10.2~3-0~debian-bookworm'];
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
  expect(await packages.check(context), 'another version is planned under a Node').toMatchObject({
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
