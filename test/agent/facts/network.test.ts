import { describe, expect, test } from 'vitest';
import { networkFacts } from '../../../agent/facts/network.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>, links: Record<string, string> = {}) => fakeHost({ files, links });

describe('the network', () => {
  const header = 'Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n';
  test('parses routes as CIDR, with the default gateway separate', async () => {
    const table = `${header}eth0 00000000 0100A8C0 0003 0 0 0 00000000 0 0 0\neth0 0000A8C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n`;
    const facts = await networkFacts(having({ '/proc/net/route': table }));
    expect(facts.routes).toEqual([{ destination: '192.168.0.0/24', interface: 'eth0' }]);
    expect(facts.defaultInterfaces).toEqual(['eth0']);
    expect((await networkFacts(having({}))).routes).toBeNull();
  });

  test('finds a proxy of all services', async () => {
    const proxy = 'http_proxy=http://proxy:3128';
    const files = {
      '/etc/systemd/system.conf': `[Manager]\nDefaultEnvironment="${proxy}"\n`,
      '/etc/systemd/system.conf.d/proxy.conf': `[Manager]\nDefaultEnvironment="${proxy}" "no_proxy=.svc"\n`,
      '/etc/systemd/system/service.d/proxy.conf': `[Service]\nEnvironment=${proxy}\n`,
    };
    expect((await networkFacts(having(files))).proxies?.map(({ path }) => path).sort()).toEqual(
      Object.keys(files).sort(),
    );
  });

  test('finds a proxy with its file and exceptions, without its password', async () => {
    const drop = '[Service]\nEnvironment="HTTP_PROXY=http://me:secret@proxy:3128" "NO_PROXY=localhost,.svc"\n';
    const facts = await networkFacts(having({ '/etc/systemd/system/docker.service.d/proxy.conf': drop }));
    expect(facts.proxies).toEqual([
      { path: '/etc/systemd/system/docker.service.d/proxy.conf', noProxy: 'localhost,.svc' },
    ]);
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  test.each([
    ['127.0.0.1 localhost\n', true],
    ['127.0.0.1\tLocalhost # own\n', true],
    ['127.0.0.1 node01 localhost\r\n', true],
    ['127.0.0.1 localhost#\n', true],
    ['127.0.0.1 localhost.localdomain\n::1 localhost\n', false],
    ['127.0.0.1 node01 # localhost\n', false],
    ['#127.0.0.1 localhost\n', false],
  ])('%j gives localhost an IPv4 address: %s', async (hosts, isThere) => {
    const host = fakeHost({ files: { '/etc/hosts': hosts } });
    expect((await networkFacts(host)).localhostInHostsFile).toBe(isThere);
  });

  test('returns localhost, nameservers, and interfaces with their MTU', async () => {
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
