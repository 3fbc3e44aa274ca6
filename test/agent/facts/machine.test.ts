import { describe, expect, test } from 'vitest';
import { kernelConfig } from '../../../agent/facts/kernel-config.ts';
import { machineFacts } from '../../../agent/facts/machine.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>, links: Record<string, string> = {}) => fakeHost({ files, links });

describe('the machine', () => {
  test('a container names its runtime, a machine has none', async () => {
    const files = { '/proc/1/comm': 'systemd\n' };
    const inside = { ...files, '/run/systemd/container': 'systemd-nspawn\n' };
    expect((await machineFacts(having(inside), '6.1', null)).container).toBe('systemd-nspawn');
    expect((await machineFacts(having(files), '6.1', null)).container).toBe('');
    expect((await machineFacts(having({}), '6.1', null)).container).toBeNull();
  });

  test('swap units count unless they are masked', async () => {
    const files = { '/run/systemd/generator/dev-zram0.swap': '', '/run/systemd/generator/dev-sda2.swap': '' };
    const host = having(files, { '/etc/systemd/system/dev-sda2.swap': '/dev/null' });
    expect((await machineFacts(host, '6.1', null)).swapUnits).toEqual(['dev-zram0.swap']);
  });

  test('names a file that overrides a kernel parameter, but not one that sorts before muster’s own', async () => {
    const host = having({
      '/etc/sysctl.d/10-early.conf': 'net.ipv4.ip_forward = 0\n',
      '/etc/sysctl.conf': '# net.ipv4.ip_forward=0\nnet/ipv4/ip_forward=0\nvm.swappiness=1\n',
    });
    const { sysctlFiles } = await machineFacts(host, '6.1', null);
    expect(sysctlFiles).toEqual([{ path: '/etc/sysctl.conf', key: 'net.ipv4.ip_forward', value: '0' }]);
  });

  test('names a file that sets a parameter by its other name, unless another file has its place', async () => {
    const host = having({
      '/etc/sysctl.d/zz-off.conf': '-net/ipv4/conf/all/forwarding = 0\n',
      '/etc/sysctl.d/zz-masked.conf': '',
      '/usr/lib/sysctl.d/zz-masked.conf': 'net.ipv4.ip_forward = 0\n',
      '/usr/lib/sysctl.d/zz-pattern.conf': 'net.ipv4.conf.*.forwarding = 0\nnet.ipv4.conf.*.rp_filter = 1\n',
    });
    expect((await machineFacts(host, '6.1', null)).sysctlFiles).toEqual([
      { path: '/etc/sysctl.d/zz-off.conf', key: 'net.ipv4.conf.all.forwarding', value: '0' },
      { path: '/usr/lib/sysctl.d/zz-pattern.conf', key: 'net.ipv4.conf.*.forwarding', value: '0' },
    ]);
  });

  test('finds modules that a file of modprobe disables', async () => {
    const host = having({
      '/etc/modprobe.d/cis.conf':
        'install br-netfilter /bin/true # hardening\ninstall squashfs /bin/false\nblacklist overlay\n',
      '/lib/modprobe.d/x.conf':
        '\tinstall overlay /usr/bin/false\n#install vxlan /bin/true\ninstall ip_vs /sbin/modprobe --ignore-install ip_vs\n',
      '/etc/modprobe.d/old.conf.bak': 'install vxlan /bin/true\n',
      // /lib is often a link to /usr/lib.
      '/usr/lib/modprobe.d/x.conf': 'install overlay /usr/bin/false\n',
      '/etc/modprobe.d/dist.conf': '# allowed\n',
      '/usr/lib/modprobe.d/dist.conf': 'install ip_vs /bin/true\n',
      '/usr/local/lib/modprobe.d/site.conf': 'install vxlan /bin/true\n',
    });
    expect((await machineFacts(host, '6.1', null)).disabledModules).toEqual([
      { name: 'br_netfilter', path: '/etc/modprobe.d/cis.conf' },
      { name: 'vxlan', path: '/usr/local/lib/modprobe.d/site.conf' },
      { name: 'overlay', path: '/usr/lib/modprobe.d/x.conf' },
    ]);
  });

  test('the synchronisation of the clock is known only with a time daemon that leaves a marker', async () => {
    const timesyncd = { 'systemd-timesyncd': { active: true, state: 'enabled' } };
    const mark = { '/run/systemd/timesync/synchronized': '' };
    expect((await machineFacts(having(mark), '6.1', timesyncd)).timeSynchronised).toBe(true);
    expect((await machineFacts(having({}), '6.1', timesyncd)).timeSynchronised).toBe(false);
    expect((await machineFacts(having({}), '6.1', {})).timeSynchronised).toBeNull();
  });

  test('cloud-init that has started and not finished is running', async () => {
    const begun = { '/run/cloud-init/enabled': '', '/etc/cloud/cloud.cfg': 'manage_etc_hosts: true\n' };
    const look = async (files: Record<string, string>) => (await machineFacts(having(files), '6.1', null)).cloudInit;
    expect(await look(begun)).toEqual({ running: true, writesHostsFile: true });
    expect((await look({ ...begun, '/run/cloud-init/result.json': '{}' }))?.running).toBe(false);
    expect(await look({})).toEqual({ running: false, writesHostsFile: false });
  });

  test('kernel options come from the running kernel’s own file, and are unknown without one', async () => {
    const host = having({ '/boot/config-6.1': 'CONFIG_INET=y\nCONFIG_OVERLAY_FS=m\n# CONFIG_MEMCG is not set\n' });
    expect(await kernelConfig(host, '6.1')).toMatchObject({ INET: 'y', OVERLAY_FS: 'm', MEMCG: 'n' });
    expect(await kernelConfig(host, '6.2')).toBeNull();
  });
});
