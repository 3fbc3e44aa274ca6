import { describe, expect, test } from 'vitest';
import { kernelConfig } from '../../../agent/facts/kernel-config.ts';
import { machineFacts } from '../../../agent/facts/machine.ts';
import { networkFacts } from '../../../agent/facts/network.ts';
import { softwareFacts } from '../../../agent/facts/software.ts';
import { storageFacts } from '../../../agent/facts/storage.ts';
import { unitFacts } from '../../../agent/facts/units.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>, links: Record<string, string> = {}) => fakeHost({ files, links });

test('units: one call for all; what is masked or not there is told apart', async () => {
  const block = (id: string, load: string, active: string, state: string) =>
    `Id=${id}.service\nLoadState=${load}\nActiveState=${active}\nUnitFileState=${state}`;
  const answer = [
    block('chrony', 'loaded', 'active', 'enabled'),
    block('kubelet', 'masked', 'inactive', 'masked'),
    block('docker', 'not-found', 'inactive', ''),
  ].join('\n\n');
  const host = fakeHost({ programs: { systemctl: () => answer } });
  expect(await unitFacts(host)).toEqual({
    chrony: { active: true, state: 'enabled' },
    kubelet: { active: false, state: 'masked' },
    docker: { active: false, state: '' },
  });
  expect(host.calls).toHaveLength(1);
  expect(await unitFacts(fakeHost())).toBeNull();
});

describe('the machine', () => {
  test('a container tells what it is one of, a machine is none', async () => {
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

  test('a file that sets a kernel parameter back is named, one that comes before muster’s is not', async () => {
    const host = having({
      '/etc/sysctl.d/10-early.conf': 'net.ipv4.ip_forward = 0\n',
      '/etc/sysctl.conf': '# net.ipv4.ip_forward=0\nnet/ipv4/ip_forward=0\nvm.swappiness=1\n',
    });
    const { sysctlFiles } = await machineFacts(host, '6.1', null);
    expect(sysctlFiles).toEqual([{ path: '/etc/sysctl.conf', key: 'net.ipv4.ip_forward', value: '0' }]);
  });

  test('only a time daemon that leaves a mark says whether the clock is right', async () => {
    const timesyncd = { 'systemd-timesyncd': { active: true, state: 'enabled' } };
    const mark = { '/run/systemd/timesync/synchronized': '' };
    expect((await machineFacts(having(mark), '6.1', timesyncd)).timeSynchronised).toBe(true);
    expect((await machineFacts(having({}), '6.1', timesyncd)).timeSynchronised).toBe(false);
    expect((await machineFacts(having({}), '6.1', {})).timeSynchronised).toBeNull();
  });

  test('cloud-init that has begun and not ended still runs', async () => {
    const begun = { '/run/cloud-init/enabled': '', '/etc/cloud/cloud.cfg': 'manage_etc_hosts: true\n' };
    const look = async (files: Record<string, string>) => (await machineFacts(having(files), '6.1', null)).cloudInit;
    expect(await look(begun)).toEqual({ running: true, writesHostsFile: true });
    expect((await look({ ...begun, '/run/cloud-init/result.json': '{}' }))?.running).toBe(false);
    expect(await look({})).toEqual({ running: false, writesHostsFile: false });
  });

  test('the kernel’s options are those of its own file, and unknown without one', async () => {
    const host = having({ '/boot/config-6.1': 'CONFIG_INET=y\nCONFIG_OVERLAY_FS=m\n# CONFIG_MEMCG is not set\n' });
    expect(await kernelConfig(host, '6.1')).toMatchObject({ INET: 'y', OVERLAY_FS: 'm', MEMCG: 'n' });
    expect(await kernelConfig(host, '6.2')).toBeNull();
  });
});

test('storage: the mount that counts is the longest above a path, and the disk is timed only where asked', async () => {
  const mounts = '/dev/sda1 / ext4 rw,relatime 0 0\n/dev/sdb1 /var xfs rw,noexec 0 0\nproc /proc proc rw 0 0\n';
  const host = having({ '/proc/self/mounts': mounts, [`${agentPaths.state}/journal.json`]: '' });
  const quiet = await storageFacts(host, { measure: false });
  expect(quiet.mounts).toEqual([
    { mount: '/', type: 'ext4', options: ['rw', 'relatime'] },
    { mount: '/var', type: 'xfs', options: ['rw', 'noexec'] },
  ]);
  expect(quiet.syncMs).toBeNull();
  expect(host.written).toEqual([]);
  expect((await storageFacts(host, { measure: true })).syncMs).toBeGreaterThanOrEqual(0);
  expect([...host.files.keys()]).not.toContain(`${agentPaths.state}/disk-probe`);
  expect((await storageFacts(having({}), { measure: true })).syncMs).toBeNull();
});

describe('the network', () => {
  const header = 'Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n';
  test('routes are read as CIDR, the default gateway apart', async () => {
    const table = `${header}eth0 00000000 0100A8C0 0003 0 0 0 00000000 0 0 0\neth0 0000A8C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n`;
    const facts = await networkFacts(having({ '/proc/net/route': table }));
    expect(facts.routes).toEqual([{ destination: '192.168.0.0/24', interface: 'eth0' }]);
    expect(facts.defaultInterfaces).toEqual(['eth0']);
    expect((await networkFacts(having({}))).routes).toBeNull();
  });

  test('a proxy is seen by its file and its exceptions, and its password is not', async () => {
    const drop = '[Service]\nEnvironment="HTTP_PROXY=http://me:secret@proxy:3128" "NO_PROXY=localhost,.svc"\n';
    const facts = await networkFacts(having({ '/etc/systemd/system/docker.service.d/proxy.conf': drop }));
    expect(facts.proxies).toEqual([
      { path: '/etc/systemd/system/docker.service.d/proxy.conf', noProxy: 'localhost,.svc' },
    ]);
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  test('names: localhost, nameservers, and interfaces with their MTU', async () => {
    const facts = await networkFacts(
      having({
        '/etc/hosts': '127.0.0.1 localhost\n',
        '/etc/resolv.conf': '# nameserver 9.9.9.9\nnameserver 192.168.0.1\n',
        '/sys/class/net/eth0/mtu': '1450\n',
        '/etc/ufw/ufw.conf': 'ENABLED=yes\n',
      }),
    );
    expect(facts).toMatchObject({
      localhostInHostsFile: true,
      nameservers: ['192.168.0.1'],
      interfaces: [{ name: 'eth0', mtu: 1450 }],
      ufwEnabled: true,
    });
  });
});

describe('software', () => {
  test('programs are found wherever they lie, and other distributions by what they leave', async () => {
    const host = having({ '/usr/sbin/conntrack': '', '/usr/local/bin/k3s': '', '/etc/cni/net.d/10-x.conflist': '' });
    const facts = await softwareFacts(host, 'overlay2');
    expect(facts.programs).toMatchObject({ conntrack: true, iptables: false });
    expect(facts).toMatchObject({
      distributions: ['k3s'],
      cniFiles: ['10-x.conflist'],
      dockerStorageDriver: 'overlay2',
    });
    expect(host.calls).toEqual([]);
  });

  test('containerd’s configuration, and docker’s', async () => {
    const config =
      '# sandbox_image = "no"\ndisabled_plugins = ["cri"]\n  sandbox_image = "registry.k8s.io/pause:3.6"\n';
    const host = having({ '/etc/containerd/config.toml': config, '/etc/docker/daemon.json': '{,}' });
    expect(await softwareFacts(host, null)).toMatchObject({
      containerd: { criDisabled: true, sandboxImage: 'registry.k8s.io/pause:3.6' },
      dockerConfigValid: false,
    });
    expect(await softwareFacts(having({}), null)).toMatchObject({ containerd: null, dockerConfigValid: true });
  });

  test.each([
    ['containerd', '--container-runtime=remote --container-runtime-endpoint=/run/containerd/containerd.sock'],
    ['containerd', '--container-runtime-endpoint=unix:///run/containerd/containerd.sock'],
    ['docker', '--network-plugin=cni --pod-infra-container-image=registry.k8s.io/pause:3.2'],
    [null, '--container-runtime-endpoint=unix:///run/crio/crio.sock'],
    [null, ''],
  ])('the runtime that a Node was made with is %s by its kubelet’s flags: %s', async (nodeRuntime, flags) => {
    const files = { '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="${flags}"\n` };
    const node = having({ ...files, '/etc/kubernetes/kubelet.conf': '' });
    expect(await softwareFacts(node, null)).toMatchObject({ nodeRuntime });
    expect(await softwareFacts(having(files), null)).toMatchObject({ nodeRuntime: 'none' });
  });
});
