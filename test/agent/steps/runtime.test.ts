import { describe, expect, it } from 'vitest';
import { mergeDaemonJson } from '../../../agent/machine/daemon-json.ts';
import { steps } from '../../../agent/steps/index.ts';
import { runtime } from '../../../agent/steps/runtime.ts';
import { defaultCriDockerd } from '../../../shared/plan/defaults.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import { testContext } from './context.ts';

const runtimeConfig = steps['runtime-config'];

const daemon = '/etc/docker/daemon.json';
const toml = '/etc/containerd/config.toml';
const containerd = (settings: ClusterSettings) => {
  settings.runtime = {
    name: 'containerd',
    package: 'containerd',
    version: null,
    packages: null,
    criDockerd: { ...defaultCriDockerd },
    registryMirrors: { 'docker.io': ['https://mirror'] },
    insecureRegistries: [],
  };
};
const show = (active: string, enabled = 'enabled') => `ActiveState=${active}\nUnitFileState=${enabled}\n`;

describe('runtime-config', () => {
  const inactive = { systemctl: () => show('inactive', '') };

  it('gives docker the systemd cgroup driver and keeps other settings', async () => {
    const files = { [daemon]: '{"data-root": "/data", "exec-opts": ["native.cgroupdriver=cgroupfs", "a=b"]}' };
    const context = testContext('runtime-config', { files, programs: inactive });
    expect(await runtimeConfig.check(context)).toMatchObject({ state: 'todo' });
    await runtimeConfig.apply(context);
    expect(await runtimeConfig.check(context)).toEqual({ state: 'done' });
    expect(JSON.parse(context.host.content(daemon))).toMatchObject({
      'data-root': '/data',
      'exec-opts': ['a=b', 'native.cgroupdriver=systemd'],
    });
  });

  it.each(['{"a": ', '[]', 'null'])('refuses to replace a daemon.json of %s', async (content) => {
    const context = testContext('runtime-config', { files: { [daemon]: content }, programs: inactive });
    await expect(runtimeConfig.apply(context)).rejects.toMatchObject({ code: 'daemon-json-invalid' });
    expect(context.host.content(daemon)).toBe(content);
  });

  it('treats an empty daemon.json as one without settings', () => {
    expect(mergeDaemonJson('\n', { 'exec-opts': ['x'] }).content).toBe('{\n  "exec-opts": [\n    "x"\n  ]\n}\n');
  });

  it('writes containerd’s configuration and mirrors, and removes a mirror that is no longer planned', async () => {
    const old = '/etc/containerd/certs.d/quay.io/hosts.toml';
    const own = '/etc/containerd/certs.d/site/hosts.toml';
    const files = { [toml]: 'disabled_plugins = ["cri"]', [old]: '# Written by muster.\n', [own]: 'server = "x"' };
    const context = testContext('runtime-config', { files, change: containerd, programs: inactive });
    await runtimeConfig.apply(context);
    expect(await runtimeConfig.check(context)).toEqual({ state: 'done' });
    expect(context.host.content(toml)).toContain('SystemdCgroup = true');
    expect(context.host.content('/etc/containerd/certs.d/docker.io/hosts.toml')).toContain('https://mirror');
    expect(context.host.files.has(old)).toBe(false);
    expect(context.host.files.has(own)).toBe(true);
  });

  it.each([
    ['Debian 11, before containerd is installed', { os: { id: 'debian', versionId: '11', prettyName: '' } }, true],
    ['an installed containerd 1.4', { packages: { containerd: '1.4.13~ds1' } }, true],
    ['an installed containerd 1.6', { packages: { containerd: '1.6.20' } }, false],
  ] as const)('knows where containerd reads mirrors from: %s', async (_, facts, inline) => {
    const context = testContext('runtime-config', {
      change: containerd,
      programs: inactive,
      facts: structuredClone(facts) as never,
    });
    await runtimeConfig.apply(context);
    expect(context.host.content(toml).includes('registry.mirrors')).toBe(inline);
  });

  it('marks a running runtime for a restart before changing anything', async () => {
    const context = testContext('runtime-config', { programs: { systemctl: () => show('active') } });
    await runtimeConfig.apply(context);
    const files = context.host.written.filter((path) => !path.startsWith('/var/lib/muster-agent/'));
    expect(files.slice(0, 2)).toEqual(['/run/muster-agent/restart-docker', daemon]);
  });
});

describe('docker 29', () => {
  const dropIn = '/etc/systemd/system/docker.service.d/50-muster-api.conf';
  const programs = { systemctl: () => show('inactive', '') };

  it.each([
    ['29.1.3-0ubuntu1', '1.22.0', true],
    ['5:29.3.0-1~ubuntu.22.04~jammy', '1.23.0', true],
    ['20.10.24+dfsg1-1', '1.22.0', false],
    ['28.5.2+dfsg1-1', '1.22.0', false],
    ['29.1.3-0ubuntu1', '1.24.0', false],
  ])('%s with Kubernetes %s is told to accept dockershim’s API version: %s', async (version, kubernetes, is) => {
    const context = testContext('runtime-config', {
      programs,
      facts: { packages: { 'docker.io': version } },
      change: (settings) => {
        settings.kubernetes.version = kubernetes;
      },
    });
    await runtimeConfig.apply(context);
    expect(await runtimeConfig.check(context)).toEqual({ state: 'done' });
    expect(context.host.files.has(dropIn)).toBe(is);
    if (is) expect(context.host.content(dropIn)).toContain('Environment=DOCKER_MIN_API_VERSION=1.24\n');
  });
});

describe('runtime', () => {
  function dockerHost(state: { active: string; enabled: string; driver: string }, files: Record<string, string> = {}) {
    const context = testContext('runtime', { files });
    context.host.programs.systemctl = ([verb]) => {
      if (verb === 'show') return show(state.active, state.enabled);
      if (verb === 'enable') state.enabled = 'enabled';
      if (verb === 'restart') state.driver = 'systemd';
      if (verb === 'start' || verb === 'restart') state.active = 'active';
      return '';
    };
    context.host.programs.docker = () =>
      state.active === 'active' ? `${state.driver} overlay2` : { exitCode: 1, stderr: 'is it running?' };
    return context;
  }
  const verbs = (context: ReturnType<typeof dockerHost>) =>
    context.host.calls.filter(({ args }) => args[0] !== 'show' && args[0] !== 'info').map(({ args }) => args.join(' '));

  it('takes the sandbox image that kubeadm lists once it is installed, and keeps it', async () => {
    const context = testContext('runtime', { change: containerd });
    const { host, facts, assignment } = context;
    Object.assign(host.programs, {
      systemctl: () => show('active'),
      crictl: () => '',
      kubeadm: () => 'registry.k8s.io/pause:3.99\n',
      'dpkg-query': () => `kubeadm\t${assignment.settings.kubernetes.version}-00\tinstall ok installed\tamd64\n`,
    });
    await runtimeConfig.apply(context);
    expect(host.content(toml)).toContain('registry:5000/k8s/pause:3.2"');
    await host.removeFile('/run/muster-agent/restart-containerd');
    expect(await runtime.check(context)).toMatchObject({ state: 'todo' });
    await runtime.apply(context);
    expect(await runtime.check(context)).toEqual({ state: 'done' });
    expect(host.content(toml)).toContain('registry:5000/k8s/pause:3.99"');
    expect(host.lines()).toContain('systemctl restart containerd');
    const later = { ...context, facts: { ...facts, software: { ...facts.software, pauseTag: '3.99' } } };
    expect(await runtimeConfig.check(later)).toEqual({ state: 'done' });
    host.programs.kubeadm = () => 'registry.k8s.io/pause:3.2\n';
    expect(await runtime.check(context)).toEqual({ state: 'done' });
  });

  it('that runs as configured is done', async () => {
    const context = dockerHost({ active: 'active', enabled: 'enabled', driver: 'systemd' });
    expect(await runtime.check(context)).toEqual({ state: 'done' });
  });

  it('that runs as configured but is not enabled is enabled without a restart', async () => {
    const context = dockerHost({ active: 'active', enabled: 'disabled', driver: 'systemd' });
    expect(await runtime.check(context)).toMatchObject({ state: 'todo' });
    await runtime.apply(context);
    expect(await runtime.check(context)).toEqual({ state: 'done' });
    expect(verbs(context)).toEqual(['enable docker', 'start docker']);
  });

  it.each([
    ['is down', { active: 'failed', driver: 'systemd' }, {}],
    ['has the other cgroup driver', { active: 'active', driver: 'cgroupfs' }, {}],
    ['is marked for a restart', { active: 'active', driver: 'systemd' }, { '/run/muster-agent/restart-docker': '' }],
  ] as const)('that %s is restarted, once', async (_, state, files) => {
    const context = dockerHost({ ...state, enabled: 'enabled' }, files);
    expect(await runtime.check(context)).toMatchObject({ state: 'todo' });
    await runtime.apply(context);
    expect(await runtime.check(context)).toEqual({ state: 'done' });
    expect(verbs(context)).toEqual(['enable docker', 'restart docker']);
  });

  it('containerd is queried through its CRI', async () => {
    const programs = {
      systemctl: () => show('active'),
      crictl: () => ({ exitCode: 1, stderr: 'unknown service runtime.v1.RuntimeService' }),
    };
    const context = testContext('runtime', { change: containerd, programs });
    expect(await runtime.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('unknown service') },
    });
    expect(context.host.lines().at(-1)).toBe(
      'crictl --runtime-endpoint unix:///run/containerd/containerd.sock version',
    );
  });
});
