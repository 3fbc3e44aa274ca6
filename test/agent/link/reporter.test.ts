import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../../agent/host/host.ts';
import { createClient } from '../../../agent/link/client.ts';
import { createReporter } from '../../../agent/link/reporter.ts';
import { createRetrier } from '../../../agent/link/retry.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { type Report, reportSchema } from '../../../shared/protocol/report.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { type FakeAnswer, fakeCoordinator } from '../fake-coordinator.ts';
import { sampleFacts } from '../samples.ts';

const patience = { timeout: 30_000 };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function setUp(answer: (report: Report) => FakeAnswer = () => ({ status: 204 })) {
  const reports: Report[] = [];
  const coordinator = await fakeCoordinator(({ body }) => {
    const report = reportSchema.parse(body);
    const reply = answer(report);
    if (reply.status === 204) reports.push(report);
    return reply;
  });
  const client = createClient({ ...coordinator, bearer: 'secret' });
  const controller = new AbortController();
  const host: Pick<Host, 'now' | 'sleep'> = {
    now: () => new Date(),
    sleep: (ms, signal) =>
      sleep(Math.min(ms, 300), undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  };
  const reporter = createReporter({
    client,
    host,
    untilDone: createRetrier({ sleep: host.sleep, log: silentLogger() }),
    identity: { host: 'node01', bootId: 'boot-1', agentVersion: '0.1.0' },
  });
  const running = reporter.run(controller.signal);
  async function end() {
    controller.abort();
    await running;
  }
  ends.push(async () => {
    await end();
    client.close();
    await coordinator.close();
  });
  const until = async (count: number) => {
    await vi.waitUntil(() => reports.length >= count, patience);
  };
  return { reporter, reports, until, coordinator, end };
}

const step = (state: 'applying' | 'done') => ({
  id: 'swap' as const,
  state,
  startedAt: null,
  endedAt: null,
  attempts: 1,
  message: '',
  remedy: '',
});

describe('the reporter', () => {
  test('sends simultaneous changes together', async () => {
    const { reporter, reports, until } = await setUp();
    reporter.tell({ facts: sampleFacts() });
    reporter.tell({ steps: [step('applying')] });
    await until(1);
    expect(reports).toMatchObject([{ host: 'node01', steps: [{ state: 'applying' }], facts: { hostname: 'node01' } }]);
  });

  test('sends nothing that has not changed', async () => {
    const { reporter, reports, until } = await setUp();
    reporter.tell({ facts: sampleFacts(), steps: [step('applying')] });
    await until(1);
    reporter.tell({ facts: sampleFacts(), steps: [step('done')] });
    await until(2);
    expect(reports[1]).toHaveProperty('steps');
    expect(reports[1]).not.toHaveProperty('facts');
    reporter.tell({ facts: sampleFacts(), steps: [step('done')] });
    reporter.tell({ node: null });
    await until(3);
    expect(reports).toHaveLength(3);
    expect(reports[2]).toMatchObject({ node: null });
    expect(reports[2]).not.toHaveProperty('steps');
    expect(reports[2]).not.toHaveProperty('facts');
  });

  test('sends all state again to another coordinator, also what the earlier one acknowledged', async () => {
    const { reporter, reports, until } = await setUp();
    reporter.tell({ findings: [], node: null });
    await until(1);
    reporter.repeat();
    await until(2);
    expect(reports[1]).toMatchObject({ findings: [], node: null });
  });

  test('sends state that changed and is again as it was: the coordinator may have asked for it', async () => {
    const { reporter, reports, until } = await setUp();
    const failed = { version: '2.0.0', state: 'failed', message: verbatim('no key') } as const;
    reporter.tell({ update: failed });
    await until(1);
    reporter.tell({ update: { ...failed, state: 'updating' } });
    reporter.tell({ update: failed });
    await until(2);
    expect(reports[1]).toMatchObject({ update: { state: 'failed' } });
  });

  test('does both also while a report is under way, whose answer counts no longer', async () => {
    const update = { version: '2.0.0', state: 'failed', message: verbatim('no key') } as const;
    const { reporter, reports, until } = await setUp(() => {
      if (reports.length === 0) {
        reporter.tell({ update: { ...update, state: 'updating' } });
        reporter.tell({ update });
      }
      if (reports.length === 1) reporter.repeat();
      return { status: 204 };
    });
    reporter.tell({ node: null, update });
    await until(3);
    expect(reports[1]).toMatchObject({ update });
    expect(reports[1]).not.toHaveProperty('node');
    expect(reports[2]).toMatchObject({ node: null, update });
  });

  test('reports that the node is gone', async () => {
    const { reporter, reports, until } = await setUp();
    reporter.tell({ node: null });
    await until(1);
    expect(reports[0]?.node).toBeNull();
  });

  test('sends output in order, in batches, without control characters', async () => {
    const { reporter, reports } = await setUp();
    for (let i = 0; i < 700; i += 1) reporter.say('packages', verbatim(`line ${i}\u001b[31m`));
    const told = () => reports.flatMap(({ output = [] }) => output.map(({ text }) => text));
    await vi.waitUntil(() => told().length >= 700, patience);
    expect(told()).toEqual(Array.from({ length: 700 }, (_, i) => `line ${i}`));
    expect(reports.every(({ output = [] }) => output.length <= 500)).toBe(true);
  });

  test('keeps the newest state and every line while the coordinator is unavailable', async () => {
    let away = true;
    const { reporter, reports, until, coordinator } = await setUp(() => ({ status: away ? 503 : 204 }));
    reporter.tell({ steps: [step('applying')] });
    reporter.say('swap', verbatim('one'));
    await vi.waitUntil(() => coordinator.requests.length > 0, patience);
    reporter.tell({ steps: [step('done')] });
    reporter.say('swap', verbatim('two'));
    away = false;
    await until(1);
    expect(reports[0]).toMatchObject({ steps: [{ state: 'done' }], output: [{ text: 'one' }, { text: 'two' }] });
  });

  test('sends what muster wrote in both languages, and a program’s output once', async () => {
    const { reporter, reports, until } = await setUp();
    reporter.say('swap', { en: 'own', zh: '自身' });
    reporter.say('swap', verbatim('output'));
    reporter.tell({ node: null });
    await until(1);
    const sent = reports.flatMap(({ output = [] }) => output.map(({ text, zh }) => [text, zh]));
    expect(sent).toEqual([
      ['own', '自身'],
      ['output', undefined],
    ]);
  });

  test('reports how many lines were dropped when the queue was full', async () => {
    let away = true;
    const { reporter, reports, until, coordinator } = await setUp(() => ({ status: away ? 503 : 204 }));
    reporter.say('packages', verbatim('first'));
    await vi.waitUntil(() => coordinator.requests.length > 0, patience);
    for (let i = 0; i < 2500; i += 1) reporter.say('packages', verbatim(`line ${i}`));
    away = false;
    await until(7);
    const lines = reports.flatMap(({ output = [] }) => output.map(({ text }) => text));
    expect(lines[0]).toMatch(/^… 5\d\d /);
    expect(lines.at(-1)).toBe('line 2499');
  });

  test('sends the rest when it is stopped', async () => {
    const { reporter, reports, end } = await setUp();
    reporter.say('packages', verbatim('the last line'));
    await end();
    expect(reports.at(-1)?.output?.at(-1)?.text).toBe('the last line');
  });
});
