import { describe, expect, test } from 'vitest';
import { createApt } from '../../../../agent/machine/packages/apt.ts';
import { type FakeHost, type FakeProgram, fakeHost } from '../../fake-host.ts';

const on = (files: Record<string, string>, links: Record<string, string> = {}) => createApt(fakeHost({ files, links }));
const running = (programs: Record<string, FakeProgram>) => createApt(fakeHost({ programs }));

describe('installed', () => {
  const rows = [
    'kubeadm\t1.23.0-00\thold ok installed\tamd64',
    'containerd\t1.6.20\tdeinstall ok config-files\tamd64',
    'kubelet\t1.23.0-00\tinstall ok half-configured\tamd64',
  ];
  test('lists only fully installed packages, and held ones', async () => {
    const apt = running({ 'dpkg-query': () => ({ exitCode: 1, stdout: rows.join('\n') }) });
    expect([...(await apt.installed(['kubeadm', 'containerd', 'kubelet']))]).toEqual([
      ['kubeadm', { version: '1.23.0-00', held: true, architecture: 'amd64' }],
    ]);
  });
});

describe('obstacles', () => {
  const locked = {
    '/proc/locks': '1: POSIX  ADVISORY  WRITE 77 08:01:123 0 EOF\n2: FLOCK ADVISORY WRITE 9 08:01:5 0 EOF\n',
    '/proc/77/comm': 'unattended-upgr\n',
    '/var/lib/dpkg/updates/0001': '',
    '/var/lib/dpkg/status': 'Package: a\nStatus: install ok installed\n\nPackage: b\nStatus: install ok unpacked\n',
  };
  test('are the lock’s holder, an interrupted installation and broken packages', async () => {
    const apt = on(locked, { '/proc/77/fd/4': '/var/lib/dpkg/lock-frontend' });
    expect(await apt.obstacles()).toEqual({ lock: 'unattended-upgr (process 77)', interrupted: true, broken: ['b'] });
  });

  test('are none on a host whose locks are free', async () => {
    expect(await on({ '/proc/locks': '' }).obstacles()).toEqual({ lock: '', interrupted: false, broken: null });
  });
});

describe('versions', () => {
  const index =
    'Package: kubeadm\nVersion: 1.20.2-00\n\nPackage: kubelet\nVersion: 9\n\nPackage: kubeadm\nVersion: 1.20.1-00\n';
  const source = { url: 'http://mirror/k/', suite: 'x', components: ['main'], key: { url: '' } };

  test('of a planned repository are read from its compressed index, else from the plain one', async () => {
    const asked: string[] = [];
    const apt = on({});
    const found = await apt.offeredAt(source, ['kubeadm'], async (url) => {
      asked.push(url);
      return url.endsWith('.gz') ? { state: 'missing' } : { state: 'ok', text: index };
    });
    expect(found).toEqual(new Map([['kubeadm', ['1.20.2-00', '1.20.1-00']]]));
    expect(asked.map((url) => url.replace(/binary-\w+/, 'ARCH'))).toEqual([
      'http://mirror/k/dists/x/main/ARCH/Packages.gz',
      'http://mirror/k/dists/x/main/ARCH/Packages',
    ]);
    expect(apt.releaseUrl(source)).toBe('http://mirror/k/dists/x/Release');
  });

  test('are unknown when the index cannot be read', async () => {
    expect(await on({}).offeredAt(source, ['kubeadm'], async () => ({ state: 'failed' }))).toBeNull();
  });

  test('of the configured repositories are listed by name, the candidate first', async () => {
    const policy = [
      ...['docker.io:', '  Installed: 19', '  Candidate: 20', '  Version table:'],
      ...[
        '     28 100',
        '        100 http://m sid/main amd64 Packages',
        '     20 500',
        '        500 http://m x Packages',
      ],
      ...[' *** 19 100', '        100 /var/lib/dpkg/status'],
      ...['containerd.io:', '  Installed: (none)', '  Candidate: (none)', '  Version table:'],
      ...['     1.7.24 -1', '        500 http://m x/main amd64 Packages'],
      ...['cri-tools:', '  Installed: (none)', '  Candidate: (none)', '  Version table:'],
      ...['kubelet:', '  Installed: (none)', '  Candidate: 1.2-00', '  Version table:', '     1.2-00 500', ''],
    ];
    const apt = running({ 'apt-cache': () => policy.join('\n') });
    expect(await apt.pinned(['docker.io', 'containerd.io', 'kubelet', 'docker-cli'])).toEqual(['containerd.io']);
    expect(await apt.offered(['docker.io', 'containerd.io', 'kubelet', 'docker-cli'])).toEqual(
      new Map([
        ['docker.io', ['20', '28', '19']],
        ['containerd.io', []],
        ['kubelet', ['1.2-00']],
        ['docker-cli', []],
      ]),
    );
  });
});

test('only paths installed by a package are owned', async () => {
  const apt = running({ 'dpkg-query': () => ({ exitCode: 1, stdout: 'kubernetes-cni: /etc/cni/net.d/a\n' }) });
  expect(await apt.owned(['/etc/cni/net.d/a', '/etc/cni/net.d/b'])).toEqual(new Set(['/etc/cni/net.d/a']));
});

const lockMeans = (host: FakeHost) => ({ say: () => undefined, sleep: (ms: number) => host.sleep(ms) });

describe('reinstall', () => {
  const impossible = 'Reinstallation of conntrack is not possible, it cannot be downloaded.\n0 upgraded\n';
  /** An apt-get that can reinstall once it was updated, if `offered`. */
  function aptGet(offered: boolean) {
    let isUpdated = false;
    return ([verb = '']: readonly string[]) => {
      if (verb !== 'update') return isUpdated && offered ? 'Setting up conntrack' : impossible;
      isUpdated = true;
      return '';
    };
  }

  test('updates the indexes when apt finds the package in none', async () => {
    const host = fakeHost({ programs: { 'apt-get': aptGet(true) } });
    await createApt(host).reinstall('conntrack', lockMeans(host));
    expect(host.calls.map(({ args }) => args[0])).toEqual(['install', 'update', 'install']);
  });

  test('fails when no package source offers the package', async () => {
    const host = fakeHost({ programs: { 'apt-get': aptGet(false) } });
    await expect(createApt(host).reinstall('conntrack', lockMeans(host))).rejects.toMatchObject({
      code: 'packages-failed',
    });
  });
});
