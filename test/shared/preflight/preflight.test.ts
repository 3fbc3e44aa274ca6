import { describe, expect, test } from 'vitest';
import { catalogue, titleOf, withTexts } from '../../../shared/preflight/catalogue.ts';
import { hostChecks } from '../../../shared/preflight/checks.ts';
import { blocks, examine, reportedOf } from '../../../shared/preflight/examine.ts';
import { preflight } from '../../../shared/preflight/preflight.ts';
import { reportedFindingSchema } from '../../../shared/protocol/finding.ts';
import { sampleFacts } from '../../agent/samples.ts';
import { dockerCases } from './cases/docker.ts';
import { etcdCases } from './cases/etcd.ts';
import { hostCases } from './cases/host.ts';
import { kernelCases } from './cases/kernel.ts';
import { nameCases } from './cases/names.ts';
import { networkCases } from './cases/network.ts';
import { programCases } from './cases/programs.ts';
import { runtimeCases } from './cases/runtime.ts';
import { sourceCases } from './cases/sources.ts';
import { storageCases } from './cases/storage.ts';
import { type Case, having, known, master, worker } from './known.ts';

const cases: readonly Case[] = [
  ...[
    ...hostCases,
    ...kernelCases,
    ...storageCases,
    ...networkCases,
    ...nameCases,
    ...programCases,
    ...runtimeCases,
    ...dockerCases,
    ...sourceCases,
    ...etcdCases,
  ],
];

describe('preflight', () => {
  test('has no findings on a good host', () => {
    for (const assignment of [worker, master, null])
      expect(preflight(known({}, assignment)).filter(({ level }) => level !== 'ok')).toEqual([]);
  });

  test.each(cases)('%s: %s', (id, _when, facts, level, { assignment, owns, mends = false, seen = '' } = {}) => {
    const check = hostChecks.find((one) => one.id === id);
    if (check === undefined) throw new Error(`there is no check ${id}`);
    const finding = examine(check, known(facts, assignment, owns));
    expect(finding).toMatchObject({ level, mends });
    expect(finding?.seen.en).toContain(seen);
    // What the coordinator shows of what the host sends is what the host shows itself.
    const sent = reportedFindingSchema.parse(finding && reportedOf(finding));
    expect({ ...withTexts(sent, 'apt'), ...sent }).toEqual(finding);
    // A value that may not become a word of a command leaves its name there.
    const names = Object.keys(finding?.values ?? {}).map((name) => name.toUpperCase());
    expect(finding?.command.match(/\b[A-Z]{4,}\b/g)?.filter((word) => names.includes(word)) ?? []).toEqual([]);
  });

  test('each check has a case that passes, and one at its worst level', () => {
    const at = (wanted: string) => new Set(cases.filter(([, , , level]) => level === wanted).map(([id]) => id));
    const good = [worker, master].flatMap((one) => preflight(known({}, one)).map(({ id }) => id));
    const holds = new Set([...at('ok'), ...good]);
    expect(hostChecks.filter(({ id }) => !holds.has(id)).map(({ id }) => id)).toEqual([]);
    expect(hostChecks.filter(({ id, level }) => !at(level).has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('does not treat the routes of a node’s own pods as a conflict', () => {
    const check = hostChecks.find(({ id }) => id === 'pod-route');
    const routes = [{ destination: '10.244.1.0/24', interface: 'eth0' }];
    const facts = having('network', { routes });
    expect(check && examine(check, known(facts, worker, true))).toBeNull();
  });

  test('skips checks that need a role or a plan while there is none', () => {
    const ids = preflight(known({}, null)).map(({ id }) => id);
    expect(ids).toContain('root');
    for (const id of ['cpu-count', 'memory', 'planned-address', 'ports', 'cgroup-driver'])
      expect(ids).not.toContain(id);
  });

  test('does not take muster’s own node for one of another cluster', () => {
    const facts = { leftovers: ['/etc/kubernetes/kubelet.conf'], ports: [{ port: 10250, process: 'kubelet' }] };
    expect(preflight(known(facts, worker, true)).filter(blocks)).toEqual([]);
    const ids = preflight(known(facts)).filter(blocks);
    expect(ids.map(({ id }) => id)).toEqual(['ports', 'left-overs']);
  });
});

describe('the catalogue', () => {
  test('has each id once, kebab-case, and every text in both languages', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, reason, needed, remedy, depends } of catalogue) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [title, reason, needed, remedy, ...(depends ? [depends] : [])]) {
        expect([id, text.en, text.zh]).not.toContain('');
      }
      expect(reason.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(reason.en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('names a check unknown to this version by its id', () => {
    expect(titleOf('swap-off').zh).toBe('交换空间已关闭');
    expect(titleOf('from-the-future')).toEqual({ en: 'from-the-future', zh: 'from-the-future' });
  });

  test('all findings of a host fit well within a report', () => {
    const findings = preflight({ ...known(), facts: sampleFacts() });
    expect(JSON.stringify(findings).length).toBeLessThan(64_000);
  });
});
