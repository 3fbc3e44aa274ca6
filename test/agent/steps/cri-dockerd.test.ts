import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { criDockerd } from '../../../agent/steps/cri-dockerd.ts';
import { runtime } from '../../../agent/steps/runtime.ts';
import { testContext } from './context.ts';

const sha256 = createHash('sha256').update('archive').digest('hex');
const unit = '/etc/systemd/system/cri-docker.service';

/** A host with docker on which curl and tar work. */
function dockerHost(docker: string, options: { kubernetes?: string; sha256?: string; url?: string } = {}) {
  const context = testContext('cri-dockerd', {
    change(settings) {
      settings.kubernetes.version = options.kubernetes ?? '1.30.2';
      settings.runtime.criDockerd.sha256 = options.sha256 ?? null;
      settings.runtime.criDockerd.url = options.url ?? null;
    },
  });
  const { host } = context;
  const ok = () => '';
  Object.assign(host.programs, {
    ...{ curl: ok, mkdir: ok, chmod: ok, rm: ok, systemctl: () => 'ActiveState=inactive\n', tar: ok },
    'dpkg-query': () => `docker.io\t${docker}\tinstall ok installed\tamd64\n`,
    sha256sum: ([path]: readonly string[]) => `${sha256}  ${path}\n`,
    mv: ([, , to]: readonly string[]) => void host.files.set(`${to}/cri-dockerd`, { content: '', mode: 0o755 }),
  });
  return context;
}

describe('cri-dockerd', () => {
  it.each([
    ['20.10.24+dfsg1-1', '0.2.6'],
    ['23.0.1', '0.3.4'],
    ['24.0.9', '0.3.4'],
    ['26.1.5+dfsg1-9', '0.4.3'],
    ['5:29.1.3-1~debian.13~trixie', '0.4.3'],
  ])('for docker %s is the release %s', async (docker, release) => {
    const context = dockerHost(docker);
    expect(await criDockerd.check(context)).toMatchObject({ state: 'todo' });
    await criDockerd.apply(context);
    expect(await criDockerd.check(context)).toMatchObject({ state: 'done' });
    const url = `https://github.com/Mirantis/cri-dockerd/releases/download/v${release}/cri-dockerd-${release}.amd64.tgz`;
    expect(context.host.calls.find(({ program }) => program === 'curl')?.args.at(-1)).toBe(url);
    expect(context.host.remembered).toContain('folder /usr/local/lib/muster');
  });

  it('runs from the folder of its release, with kubeadm’s sandbox image and CNI', async () => {
    const context = dockerHost('26.1.5');
    await criDockerd.apply(context);
    const [line = ''] = context.host.content(unit).match(/^ExecStart=.*$/m) ?? [];
    expect(line.split(' ')).toEqual([
      'ExecStart=/usr/local/lib/muster/cri-dockerd-0.4.3.amd64/cri-dockerd',
      '--container-runtime-endpoint=unix:///var/run/cri-dockerd.sock',
      '--pod-infra-container-image=registry:5000/k8s/pause:3.9',
      '--network-plugin=cni',
      '--cni-bin-dir=/opt/cni/bin',
      '--cni-conf-dir=/etc/cni/net.d',
    ]);
  });

  it('has the sandbox image that the installed kubeadm lists', async () => {
    const context = dockerHost('26.1.5');
    const packages =
      'docker.io\t26.1.5\tinstall ok installed\tamd64\nkubeadm\t1.30.2-1.1\tinstall ok installed\tamd64\n';
    context.host.programs['dpkg-query'] = () => packages;
    context.host.programs.kubeadm = () => 'registry.k8s.io/kube-proxy:v1.30.2\nregistry.k8s.io/pause:3.99\n';
    await criDockerd.apply(context);
    expect(context.host.content(unit)).toContain('--pod-infra-container-image=registry:5000/k8s/pause:3.99');
  });

  it('from a URL is verified', async () => {
    const url = 'http://mirror/files/cri-dockerd-0.3.21.amd64.tgz';
    await criDockerd.apply(dockerHost('26.1', { url, sha256 }));
    const other = dockerHost('26.1', { url, sha256: '0'.repeat(64) });
    await expect(criDockerd.apply(other)).rejects.toMatchObject({
      code: 'download-mismatch',
      params: { url, seen: sha256, needed: '0'.repeat(64) },
    });
    expect(other.host.calls.some(({ program }) => program === 'tar')).toBe(false);
    expect(await criDockerd.check(other)).toMatchObject({ state: 'todo' });
  });

  it('from a file beside the plan comes from the coordinator, and again once the file has changed', async () => {
    const context = dockerHost('26.1');
    const asked: string[] = [];
    const planFile = async (wanted: string) => {
      asked.push(wanted);
      return Buffer.from('archive');
    };
    const { criDockerd: source } = context.assignment.settings.runtime;
    const of = (sum: string) =>
      Object.assign(source, { file: { name: 'files/cri-dockerd-0.3.16.amd64.tgz', sha256: sum } });
    of(sha256);
    await criDockerd.apply({ ...context, planFile });
    expect(await criDockerd.check(context)).toMatchObject({ state: 'done' });
    expect(context.host.content(unit)).toContain(`/cri-dockerd-0.3.16.amd64-${sha256.slice(0, 12)}/cri-dockerd`);
    expect(context.host.calls.some(({ program }) => program === 'curl')).toBe(false);
    of('0'.repeat(64));
    expect(await criDockerd.check(context)).toMatchObject({ state: 'todo' });
    await expect(criDockerd.apply({ ...context, planFile })).rejects.toMatchObject({ code: 'download-mismatch' });
    expect(asked).toEqual([sha256, '0'.repeat(64)]);
  });

  it('that cannot be downloaded names the plan’s setting', async () => {
    const context = dockerHost('26.1');
    context.host.programs.curl = () => ({ exitCode: 22, stderr: 'curl: (22) 404' });
    await expect(criDockerd.apply(context)).rejects.toMatchObject({
      code: 'download-failed',
      remedy: { en: expect.stringContaining('runtime.criDockerd') },
    });
  });

  it('is not needed before 1.24', async () => {
    const context = dockerHost('26.1', { kubernetes: '1.23.0' });
    expect(await criDockerd.check(context)).toEqual({ state: 'done' });
    await criDockerd.apply(context);
    expect(context.host.written).toEqual([]);
  });

  it('whose program is gone is installed again', async () => {
    const context = dockerHost('26.1');
    await criDockerd.apply(context);
    context.host.files.delete('/usr/local/lib/muster/cri-dockerd-0.4.3.amd64/cri-dockerd');
    expect(await criDockerd.check(context)).toMatchObject({ state: 'todo' });
  });
});

describe('the runtime', () => {
  let context: ReturnType<typeof testContext>;
  beforeEach(() => {
    context = testContext('runtime', {
      change: (settings) => {
        settings.kubernetes.version = '1.30.2';
      },
    });
    Object.assign(context.host.programs, {
      systemctl: () => 'ActiveState=active\nUnitFileState=enabled\n',
      docker: () => 'systemd overlay2',
      crictl: () => '',
    });
  });

  it('is docker, and cri-dockerd through its socket', async () => {
    expect(await runtime.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines().at(-1)).toBe('crictl --runtime-endpoint unix:///var/run/cri-dockerd.sock version');
  });

  it('restarts a cri-dockerd that does not answer, and leaves docker alone', async () => {
    context.host.programs.crictl = () => ({ exitCode: 1, stderr: 'connection refused' });
    expect(await runtime.check(context)).toMatchObject({ state: 'todo' });
    await runtime.apply(context);
    const changes = context.host.lines().filter((line) => /^systemctl (start|restart)/.test(line));
    expect(changes).toEqual(['systemctl start docker', 'systemctl restart cri-docker']);
  });
});
