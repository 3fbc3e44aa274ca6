import { describe, expect, test } from 'vitest';
import { cgroupFacts, moduleFacts, swapFacts, sysctlFacts } from '../../../agent/facts/kernel.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>) => fakeHost({ files });

describe('modules', () => {
  const kernel = '6.1.0';
  const lists = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/lib/modules/${kernel}/${name}`, text]));
  const state = async (files: Record<string, string>) => (await moduleFacts(having(files), kernel)).br_netfilter;

  test('loaded', async () =>
    expect(await state({ '/proc/modules': 'br_netfilter 32768 0 - Live 0x0\n' })).toBe('loaded'));
  test('built in, detected by its effect without a list of modules', async () =>
    expect(await state({ '/proc/sys/net/bridge/bridge-nf-call-iptables': '1' })).toBe('builtin'));
  test('built in, according to the kernel’s list', async () =>
    expect(await state(lists({ 'modules.builtin': 'kernel/net/bridge/br_netfilter.ko\n' }))).toBe('builtin'));
  test('loadable', async () =>
    expect(
      await state(lists({ 'modules.dep': 'kernel/net/bridge/br_netfilter.ko.xz: kernel/net/bridge/bridge.ko.xz\n' })),
    ).toBe('available'));
  test('missing', async () => expect(await state(lists({ 'modules.dep': 'kernel/fs/ext4.ko:\n' }))).toBe('missing'));
  test('unknown rather than missing where there is no list', async () => expect(await state({})).toBe('unknown'));
  test('overlay is found in the list of file systems', async () =>
    expect(
      (await moduleFacts(having({ '/proc/filesystems': 'nodev\tproc\nnodev\toverlay\n\text4\n' }), kernel)).overlay,
    ).toBe('builtin'));
});

test('a sysctl that does not exist is null, not 0', async () => {
  expect(await sysctlFacts(having({ '/proc/sys/net/ipv4/ip_forward': '0\n' }))).toMatchObject({
    'net.ipv4.ip_forward': '0',
    'net.bridge.bridge-nf-call-iptables': null,
    'net.bridge.bridge-nf-call-ip6tables': null,
  });
});

test('detects active swap and swap that is enabled at boot', async () => {
  const facts = await swapFacts(
    having({
      '/proc/swaps': 'Filename Type Size Used Priority\n/dev/sda2 partition 976892 0 -2\n/swap\\040file file 1 0 -3\n',
      '/etc/fstab': '# /swap none swap sw 0 0\n/dev/sda1 / ext4 defaults 0 1\n/swapfile none swap sw 0 0\n',
    }),
  );
  expect(facts).toEqual({ devices: ['/dev/sda2', '/swap file'], fstab: ['/swapfile none swap sw 0 0'] });
});

describe('cgroups', () => {
  const table = '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t2\t1\t1\nmemory\t0\t1\t0\n';
  test('version 2', async () =>
    expect(await cgroupFacts(having({ '/sys/fs/cgroup/cgroup.controllers': 'cpu memory\n' }))).toEqual({
      version: '2',
      controllers: ['cpu', 'memory'],
    }));
  test('version 1, with enabled controllers only', async () =>
    expect(await cgroupFacts(having({ '/proc/cgroups': table }))).toEqual({ version: '1', controllers: ['cpu'] }));
  test('hybrid', async () =>
    expect(
      (await cgroupFacts(having({ '/proc/cgroups': table, '/sys/fs/cgroup/unified/cgroup.procs': '' }))).version,
    ).toBe('hybrid'));
  test('unknown', async () => expect((await cgroupFacts(having({}))).version).toBe('unknown'));
});
