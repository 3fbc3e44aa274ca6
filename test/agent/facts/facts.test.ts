import { describe, expect, test } from 'vitest';
import { gather } from '../../../agent/facts/gather.ts';
import { identityFacts } from '../../../agent/facts/identity.ts';
import { cgroupFacts, moduleFacts, swapFacts, sysctlFacts } from '../../../agent/facts/kernel.ts';
import { leftoverFacts } from '../../../agent/facts/leftovers.ts';
import { packageFacts } from '../../../agent/facts/packages.ts';
import { portFacts } from '../../../agent/facts/ports.ts';
import { runtimeFacts } from '../../../agent/facts/runtimes.ts';
import { relevantDisks } from '../../../agent/facts/system.ts';
import { dockerInfo } from '../../../agent/machine/docker.ts';
import { factsSchema } from '../../../shared/protocol/facts.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>) => fakeHost({ files });

test('gather sees this machine, and what it sees fits the wire', async () => {
  const facts = await gather(fakeHost({ files: { '/proc/sys/kernel/hostname': 'node01\n' } }));
  expect(factsSchema.parse(facts)).toEqual(facts);
  expect(facts.hostname).toBe('node01');
  expect(facts.memoryBytes).toBeGreaterThan(0);
  expect(facts.disks.length).toBeGreaterThan(0);
});

test('the host tells its name, system and boot', async () => {
  const facts = await identityFacts(
    having({
      '/etc/os-release': 'PRETTY_NAME="Ubuntu 18.04.6 LTS"\nID=ubuntu\nVERSION_ID="18.04"\nID_LIKE=debian\n',
      '/proc/1/comm': 'systemd\n',
      '/proc/sys/kernel/hostname': 'node01\n',
      '/proc/sys/kernel/random/boot_id': 'e35122ae\n',
    }),
  );
  expect(facts).toMatchObject({ hostname: 'node01', init: 'systemd', bootId: 'e35122ae', machineId: null });
  expect(facts.os).toEqual({ id: 'ubuntu', versionId: '18.04', prettyName: 'Ubuntu 18.04.6 LTS' });
});

describe('modules', () => {
  const kernel = '6.1.0';
  const lists = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/lib/modules/${kernel}/${name}`, text]));
  const state = async (files: Record<string, string>) => (await moduleFacts(having(files), kernel)).br_netfilter;

  test('loaded', async () =>
    expect(await state({ '/proc/modules': 'br_netfilter 32768 0 - Live 0x0\n' })).toBe('loaded'));
  test('built in, by its effect, without any list of modules', async () =>
    expect(await state({ '/proc/sys/net/bridge/bridge-nf-call-iptables': '1' })).toBe('builtin'));
  test('built in, by the kernel’s list', async () =>
    expect(await state(lists({ 'modules.builtin': 'kernel/net/bridge/br_netfilter.ko\n' }))).toBe('builtin'));
  test('to be loaded', async () =>
    expect(
      await state(lists({ 'modules.dep': 'kernel/net/bridge/br_netfilter.ko.xz: kernel/net/bridge/bridge.ko.xz\n' })),
    ).toBe('available'));
  test('missing', async () => expect(await state(lists({ 'modules.dep': 'kernel/fs/ext4.ko:\n' }))).toBe('missing'));
  test('unknown, not missing, where there is no list', async () => expect(await state({})).toBe('unknown'));
  test('overlay shows among the file systems', async () =>
    expect(
      (await moduleFacts(having({ '/proc/filesystems': 'nodev\tproc\nnodev\toverlay\n\text4\n' }), kernel)).overlay,
    ).toBe('builtin'));
});

test('a sysctl that is not there is null, not 0', async () => {
  expect(await sysctlFacts(having({ '/proc/sys/net/ipv4/ip_forward': '0\n' }))).toMatchObject({
    'net.ipv4.ip_forward': '0',
    'net.bridge.bridge-nf-call-iptables': null,
    'net.bridge.bridge-nf-call-ip6tables': null,
  });
});

test('swap is seen where it is on and where it comes back', async () => {
  const facts = await swapFacts(
    having({
      '/proc/swaps': 'Filename Type Size Used Priority\n/dev/sda2 partition 976892 0 -2\n',
      '/etc/fstab': '# /swap none swap sw 0 0\n/dev/sda1 / ext4 defaults 0 1\n/swapfile none swap sw 0 0\n',
    }),
  );
  expect(facts).toEqual({ devices: ['/dev/sda2'], fstab: ['/swapfile none swap sw 0 0'] });
});

describe('cgroups', () => {
  const table = '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t2\t1\t1\nmemory\t0\t1\t0\n';
  test('version 2', async () =>
    expect(await cgroupFacts(having({ '/sys/fs/cgroup/cgroup.controllers': 'cpu memory\n' }))).toEqual({
      version: '2',
      controllers: ['cpu', 'memory'],
    }));
  test('version 1, only controllers that are enabled', async () =>
    expect(await cgroupFacts(having({ '/proc/cgroups': table }))).toEqual({ version: '1', controllers: ['cpu'] }));
  test('hybrid', async () =>
    expect(
      (await cgroupFacts(having({ '/proc/cgroups': table, '/sys/fs/cgroup/unified/cgroup.procs': '' }))).version,
    ).toBe('hybrid'));
  test('unknown', async () => expect((await cgroupFacts(having({}))).version).toBe('unknown'));
});

test('ports that Kubernetes needs are named with who listens on them', async () => {
  const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const row = (port: number, state: string, inode: number) =>
    `   0: 00000000:${port.toString(16).toUpperCase()} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1\n`;
  const host = fakeHost({
    files: {
      '/proc/net/tcp': header + row(6443, '0A', 700) + row(22, '0A', 701) + row(10250, '01', 702),
      '/proc/net/tcp6': header + row(10257, '0A', 703),
      '/proc/41/comm': 'nginx\n',
    },
    links: { '/proc/41/fd/3': 'socket:[700]' },
  });
  expect(await portFacts(host)).toEqual([
    { port: 6443, process: 'nginx' },
    { port: 10257, process: null },
  ]);
});

test('left-overs are files that exist and folders that are not empty', async () => {
  const host = having({ '/etc/kubernetes/kubelet.conf': '', '/var/lib/etcd/member/snap/db': '' });
  expect(await leftoverFacts(host)).toEqual(['/etc/kubernetes/kubelet.conf', '/var/lib/etcd']);
  expect(await leftoverFacts(having({}))).toEqual([]);
});

test('a package that was removed but left its configuration is not installed', async () => {
  const host = fakeHost({
    programs: {
      'dpkg-query': () => ({
        exitCode: 1,
        stdout:
          'kubeadm\t1.23.0-00\tinstall ok installed\tamd64\ncontainerd\t1.6.20\tdeinstall ok config-files\tamd64\n',
      }),
    },
  });
  const { versions } = await packageFacts(host);
  expect(versions).toMatchObject({ kubeadm: '1.23.0-00', containerd: null, kubelet: null });
});

describe('runtimes', () => {
  const running = { docker: { active: true, state: 'enabled' }, containerd: { active: true, state: 'enabled' } };
  const installed = { 'docker.io': '20.10', containerd: '1.6' };

  test('nothing is asked where none is installed', async () => {
    const host = fakeHost();
    expect(await runtimeFacts(host, {}, {}, null)).toMatchObject([{ version: null }, { version: null }]);
    expect(host.lines()).toEqual([]);
  });

  test('docker tells its cgroup and storage drivers, containerd’s is read from its configuration', async () => {
    const host = fakeHost({
      files: { '/etc/containerd/config.toml': '[x]\n  SystemdCgroup = true\n' },
      programs: { docker: () => 'cgroupfs overlay2\n' },
    });
    const info = await dockerInfo(host);
    expect(info).toEqual({ answers: true, cgroupDriver: 'cgroupfs', storageDriver: 'overlay2' });
    expect(await runtimeFacts(host, installed, running, info)).toEqual([
      { name: 'docker', version: '20.10', active: true, cgroupDriver: 'cgroupfs' },
      { name: 'containerd', version: '1.6', active: true, cgroupDriver: 'systemd' },
    ]);
  });

  test('what does not run has no driver that could be known', async () => {
    expect((await runtimeFacts(fakeHost(), installed, {}, null))[0]).toMatchObject({
      active: false,
      cgroupDriver: null,
    });
  });
});

test('disks are those that hold /, /var/lib and /etc, each once', () => {
  const disk = (mount: string) => ({ mount, sizeBytes: 1, freeBytes: 1 });
  expect(relevantDisks(['/boot', '/', '/var', '/home'].map(disk)).map(({ mount }) => mount)).toEqual(['/', '/var']);
  expect(relevantDisks([disk('/'), disk('/variable')]).map(({ mount }) => mount)).toEqual(['/']);
});
