import { expect, test } from 'vitest';
import { portFacts } from '../../../agent/facts/ports.ts';
import { fakeHost } from '../fake-host.ts';

test('names each port that Kubernetes needs and the process that listens on it', async () => {
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
  expect(await portFacts(host, 6443)).toEqual([
    { port: 6443, process: 'nginx' },
    { port: 10257, process: null },
  ]);
});

test('leaves out muster’s proxy, which shares the API server’s port', async () => {
  const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const row = (inode: number) =>
    `   0: 0100007F:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1\n`;
  const own = {
    '/proc/net/tcp': header + row(700),
    '/proc/41/comm': 'haproxy\n',
    '/proc/41/cgroup': '0::/system.slice/muster-api-proxy.service\n',
  };
  const links = { '/proc/41/fd/3': 'socket:[700]', '/proc/42/fd/9': 'socket:[701]' };
  expect(await portFacts(fakeHost({ files: own, links }), 6443)).toEqual([]);
  const beside = { ...own, '/proc/net/tcp6': header + row(701), '/proc/42/comm': 'kube-apiserver\n' };
  expect(await portFacts(fakeHost({ files: beside, links }), 6443)).toEqual([
    { port: 6443, process: 'kube-apiserver' },
  ]);
  const foreign = { ...own, '/proc/41/cgroup': '0::/system.slice/haproxy.service\n' };
  expect(await portFacts(fakeHost({ files: foreign, links }), 6443)).toEqual([{ port: 6443, process: 'haproxy' }]);
});
