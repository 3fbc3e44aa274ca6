import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prefixOf } from '../../agent/etcd/external/registry.ts';
import { nameserverFacts } from '../../agent/facts/nameservers.ts';
import { mergeHostsToml } from '../../agent/machine/hosts-toml.ts';
import { namedSources } from '../../agent/machine/packages/apt/broken-sources.ts';
import { entriesOf, repositoryOf } from '../../agent/machine/packages/apt/entries.ts';
import { withSettings } from '../../agent/machine/toml-edit.ts';
import { execStarts } from '../../agent/machine/unit-command.ts';
import { clean } from '../../coordinator/cli/terminal/text.ts';
import { manifestRanges } from '../../shared/plan/manifest-ranges.ts';
import { url } from '../../shared/plan/patterns.ts';
import { withoutPasswords } from '../../shared/redact.ts';
import { fakeHost } from './fake-host.ts';
import { sampleAssignment } from './samples.ts';

const size = 65_536;
/** Processor time; usually below 10 ms. Quadratic time is above 500 ms. */
const limitMs = 200;
const filled = (part: string) => part.repeat(Math.ceil(size / part.length));

function prefixed(prefix: string) {
  const { settings } = sampleAssignment();
  const { kubernetes } = settings;
  const clusterConfiguration = { apiServer: { extraArgs: { 'etcd-prefix': prefix } } };
  return prefixOf({
    ...settings,
    kubernetes: { ...kubernetes, components: { ...kubernetes.components, clusterConfiguration } },
  });
}

const parsers: [string, (text: string) => unknown][] = [
  ['the nameservers', (text) => nameserverFacts(fakeHost({ files: { '/etc/resolv.conf': text } }))],
  ['apt’s lists', (text) => entriesOf('/etc/apt/sources.list', text)],
  ['apt’s stanzas', (text) => entriesOf('/etc/apt/sources.list.d/a.sources', text)],
  ['a repository’s place', (text) => repositoryOf(text, '/')],
  ['apt’s complaints', (text) => namedSources(text, [])],
  ['a TOML file', (text) => withSettings(`# ${text.replaceAll('\n', '\n#')}`, [{ path: ['a', 'b'], value: true }])],
  ['a hosts.toml', (text) => mergeHostsToml(`# ${text.replaceAll('\n', '\n#')}`, '[host."https://m"]\n')],
  ['a unit', execStarts],
  ['a manifest', (text) => manifestRanges(`name: CALICO_IPV4POOL_CIDR${text}`)],
  ['the prefix in etcd', prefixed],
  ['a URL', (text) => url.test(`https://a/${text}`)],
  ['a URL with a password', (text) => withoutPasswords({ en: text, zh: text })],
  ['a text for a terminal', clean],
];
const texts = ['\n', ' ', '\t', ' \n', '/', '/x', '[', '"', '#', ']#', 'a:/', '://', '=', 'a =', '-', '@', 'a'].map(
  filled,
);

describe('text of 64 kB that repeats one part takes linear time', () => {
  it.each(parsers)('in %s', async (_, parse) => {
    for (const text of texts) {
      const before = process.cpuUsage();
      await Promise.resolve(parse(`${text}!`));
      expect(process.cpuUsage(before).user / 1000, JSON.stringify(text.slice(0, 8))).toBeLessThan(limitMs);
    }
  });
});

it('no pattern looks for space across lines from every line: ^[ \\t]* instead of ^\\s*', () => {
  const files = execFileSync('git', ['ls-files', 'agent', 'coordinator', 'shared'], { encoding: 'utf8' });
  const sources = files.split('\n').filter((name) => name.endsWith('.ts'));
  const slow = sources.filter((name) => /\/\^\\s[*+].*\/[gisuy]*m[gisuy]*[.,;)\]]/.test(readFileSync(name, 'utf8')));
  expect(slow).toEqual([]);
});
