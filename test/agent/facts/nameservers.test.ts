import { expect, test } from 'vitest';
import { nameserverFacts } from '../../../agent/facts/nameservers.ts';
import { fakeHost } from '../fake-host.ts';

const resolved = '/run/systemd/resolve/resolv.conf';
const manager = '/run/NetworkManager/no-stub-resolv.conf';

test.each([
  ['a real nameserver', '192.0.2.53', {}, '', []],
  ['a real one beside systemd-resolved', '192.0.2.53', { [resolved]: 'nameserver 192.0.2.1\n' }, '', []],
  [
    'the stub of systemd-resolved',
    '127.0.0.53',
    { [resolved]: '# x\nnameserver 192.0.2.1\n' },
    resolved,
    ['192.0.2.1'],
  ],
  ['dnsmasq of NetworkManager', '127.0.0.1', { [manager]: 'nameserver 192.0.2.1\n' }, manager, ['192.0.2.1']],
  ['a stub with an empty file', '127.0.0.53', { [resolved]: '' }, '', []],
  ['dnsmasq alone', '127.0.0.1', {}, '', []],
])('%s', async (_, address, files, upstreamFile, upstreamNameservers) => {
  const host = fakeHost({ files: { '/etc/resolv.conf': `nameserver ${address}\noptions edns0\n`, ...files } });
  const facts = await nameserverFacts(host);
  expect(facts).toMatchObject({ nameservers: [address], upstreamFile, upstreamNameservers });
});

test.each([
  ['nameserver 8.8.8.8 # x\n', ['8.8.8.8']],
  ['nameserver\t8.8.8.8\t8.8.4.4\n', ['8.8.8.8']],
  ['nameserver fe80::1%lo\n', ['fe80::1%lo']],
  [' nameserver 8.8.8.8\n', []],
  ['nameserver 8.8.8.8\r\n', []],
  ['nameserver 8.8.8.8#x\n', []],
  ['nameserver 8.8.8.8:53\n', []],
  ['nameserver=8.8.8.8\n', []],
  ['Nameserver 8.8.8.8\n', []],
  ['\ufeffnameserver 8.8.8.8\n', []],
  ['nameserver dns.local\nnameserver 1.1.1.1\n', ['1.1.1.1']],
])('%j is read as glibc does', async (text, nameservers) => {
  expect((await nameserverFacts(fakeHost({ files: { '/etc/resolv.conf': text } }))).nameservers).toEqual(nameservers);
});

test.each([
  ['search a.example b.example\n', {}, ['a.example', 'b.example']],
  ['domain old.example\nsearch new.example\n', {}, ['new.example']],
  ['search .\n', {}, []],
  [
    'nameserver 127.0.0.53\nsearch stub.example\n',
    { [resolved]: 'nameserver 192.0.2.1\nsearch real.example\n' },
    ['real.example'],
  ],
])('search domains of %j', async (text, files, domains) => {
  const facts = await nameserverFacts(fakeHost({ files: { '/etc/resolv.conf': text, ...files } }));
  expect(facts.searchDomains).toEqual(domains);
});
