import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hostsContent } from '../../../agent/machine/hosts-file.ts';

const block = [
  '# muster: begin',
  '192.168.0.130 master01',
  '192.168.0.131 node01',
  '192.168.0.130 apiserver.demo',
  '# muster: end',
  '',
].join('\n');
const localhost = '127.0.0.1 localhost\n';

/** What follows the block. */
function edited(site: string, name = 'node01'): string {
  const content = hostsContent(site, { block, name });
  expect(hostsContent(content, { block, name }), 'a second edit changes nothing').toBe(content);
  return content.replace(/^# muster: begin\n[\s\S]*?# muster: end\n/, '');
}
/** The block's line of this host. */
const ownLine = (site: string) => /^192\.168\.0\.131 .*$/m.exec(hostsContent(site, { block, name: 'node01' }))?.[0];

/** Addresses in file order, as the resolver returns them with `multi on`. */
const addressesOf = (name: string, content: string) =>
  content.split('\n').flatMap((line) => {
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().toLowerCase().split(/\s+/);
    return names.includes(name) ? [address] : [];
  });

test('planned names have their planned addresses only: case 62', () => {
  const site = readFileSync(new URL('../../cases/62-hosts-case-and-stale/hosts', import.meta.url), 'utf8');
  const content = hostsContent(site, { block, name: 'node01' });
  expect(addressesOf('node01', content)).toEqual(['192.168.0.131']);
  expect(addressesOf('apiserver.demo', content)).toEqual(['192.168.0.130']);
  for (const line of site.trim().split('\n')) expect(content).toContain(line);
});

describe('commented out, with the other names of the line kept:', () => {
  test.each([
    ['the host’s own name on loopback', '127.0.1.1\tNode01', '# muster: 127.0.1.1\tNode01\n'],
    ['on IPv6 loopback', '::1 node01 ip6-localhost', '# muster: ::1 node01 ip6-localhost\n::1 ip6-localhost\n'],
    ['on IPv6 loopback, written out', '0:0:0:0:0:0:0:1 node01', '# muster: 0:0:0:0:0:0:0:1 node01\n'],
    ['a stale address', '192.168.0.99 node01', '# muster: 192.168.0.99 node01\n'],
    ['the endpoint at a stale address', '10.0.0.1 APIserver.demo', '# muster: 10.0.0.1 APIserver.demo\n'],
    [
      'among others, with tabs and a comment',
      '10.0.0.1\tdb  node01\tcache  # rack 3',
      '# muster: 10.0.0.1\tdb  node01\tcache  # rack 3\n10.0.0.1\tdb\tcache  # rack 3\n',
    ],
    [
      'a name with a domain beside the planned one',
      '10.0.0.1 node01.example.com node01',
      '# muster: 10.0.0.1 node01.example.com node01\n',
    ],
    ['another planned host on loopback', '127.0.0.1 master01 x', '# muster: 127.0.0.1 master01 x\n127.0.0.1 x\n'],
    ['an IPv4 address in IPv6 form', '::ffff:192.168.0.99 node01', '# muster: ::ffff:192.168.0.99 node01\n'],
    ['loopback in IPv6 form', '::ffff:127.0.0.1 node01', '# muster: ::ffff:127.0.0.1 node01\n'],
    ['a line with CRLF', '192.168.0.99 node01\r', '# muster: 192.168.0.99 node01\r\n'],
  ])('%s', (_, line, result) => {
    expect(edited(`${localhost}${line}\n`)).toBe(`${localhost}${result}`);
  });
});

describe('kept:', () => {
  test.each([
    ['the planned address', '192.168.0.131 node01 db'],
    ['a host of another domain', '10.0.0.1 node01.elsewhere.example'],
    ['a name that begins alike', '127.0.1.1 node010'],
    ['another address family', 'fd00::131 node01'],
    ['multicast names', 'ff02::1 ip6-allnodes'],
    ['comments', '# 10.0.0.1 node01'],
    ['what is behind a comment', '10.0.0.1 db # was node01'],
    ['blank lines at the end', '10.0.0.1 db\n\n'],
    ['CRLF', '10.0.0.1 db\r'],
  ])('%s', (_, line) => expect(edited(`${localhost}${line}\n`)).toBe(`${localhost}${line}\n`));
});

test('the host’s name with a domain moves from loopback to its address', () => {
  expect(ownLine(`${localhost}127.0.1.1 Node01.example.com node01\n`)).toBe('192.168.0.131 node01.example.com node01');
  expect(edited(`${localhost}127.0.1.1 Node01.example.com node01\n`)).toBe(
    `${localhost}# muster: 127.0.1.1 Node01.example.com node01\n`,
  );
  expect(ownLine(localhost)).toBe('192.168.0.131 node01');
});

test('localhost is added where it is missing', () => {
  expect(edited('')).toBe(localhost);
  expect(edited('127.0.0.1\tLocalHost.localdomain LocalHost\n')).toBe('127.0.0.1\tLocalHost.localdomain LocalHost\n');
  expect(edited('127.0.0.1 db\n::1 localhost\n')).toBe(`${localhost}127.0.0.1 db\n::1 localhost\n`);
});

test('a byte order mark goes, because the resolver takes it for a part of the first address', () => {
  expect(edited('\ufeff127.0.0.1 localhost\n')).toBe(localhost);
});

test('a file without a final newline gets one', () => {
  expect(edited('127.0.0.1 localhost')).toBe(localhost);
});

test('muster’s block is recognised after an editor has changed its line ends', () => {
  const converted = hostsContent(localhost, { block, name: 'node01' }).replaceAll('\n', '\r\n');
  expect(hostsContent(converted, { block, name: 'node01' })).toBe(`${block}127.0.0.1 localhost\r\n`);
});
