import { expect, test } from 'vitest';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import { noEvidence } from '../../../shared/diagnosis/evidence.ts';
import { recorded } from './recorded/index.ts';

const size = 16_384;
/** Processor time per line in three sources against the whole catalogue; usually 2 ms. */
const limitMs = 80;

/** Beginnings and parts of a recorded line, repeated: what makes a backtracking pattern try again and again. */
function partsOf(line: string): string[] {
  const cuts = [0.5, 1].flatMap((share) => {
    const at = Math.ceil(line.length * share);
    return [line.slice(0, at), line.slice(at / 3, at)];
  });
  return [...cuts, ...(line.match(/[\w./:-]{12,}/g) ?? [])];
}

/** User time of one diagnosis, in ms. */
function timeOf(line: string): number {
  const before = process.cpuUsage();
  diagnose({ ...noEvidence, step: 'node-ready', output: [line], kubelet: [line], runtime: [line] });
  return process.cpuUsage(before).user / 1000;
}

function slowestOf(parts: Iterable<string>): { ms: number; part: string } {
  let slowest = { ms: 0, part: '' };
  for (const part of parts) {
    const line = part.repeat(Math.ceil(size / part.length)).slice(0, size);
    const first = timeOf(line);
    // The first time may include the compilation of patterns.
    const ms = first < limitMs ? first : timeOf(line);
    if (ms > slowest.ms) slowest = { ms, part };
  }
  return slowest;
}

/** Without the failures that are found by other evidence than lines. */
const withLines = Object.entries(recorded)
  .map(([id, { holds }]) => ({
    id,
    lines: holds.flatMap(({ output = [], kubelet = [], runtime = [] }) => [output, kubelet, runtime].flat()),
  }))
  .filter(({ lines }) => lines.length > 0);

test.each(withLines)('$id: a line of 16 kB costs little', ({ lines }) => {
  const { ms, part } = slowestOf(new Set(lines.flatMap(partsOf)));
  expect(ms, part).toBeLessThan(limitMs);
});

test('repeated pieces of URLs, images, pods and quotes cost little', () => {
  const { ms, part } = slowestOf([
    'a-',
    '/a',
    '"a" ',
    'a/b:c',
    'a_b(',
    'https://a:6443/v2/',
    '"x509: ',
    'pod="a/',
    '\\"',
    '\\',
    '0',
  ]);
  expect(ms, part).toBeLessThan(limitMs);
});

test.each(['\\', '0', 'a-'])('full journals of lines that repeat %j cost seconds at most', (part) => {
  const lines = Array<string>(400).fill(part.repeat(4096 / part.length));
  const before = process.cpuUsage();
  diagnose({ ...noEvidence, step: 'node-ready', output: lines.slice(0, 200), kubelet: lines, runtime: lines });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
});

test('of a journal that a pod fills, the newest lines are read', () => {
  const noise = Array<string>(400).fill('x'.repeat(4096));
  const [id, failure] = Object.entries(recorded).find(([, { holds }]) => (holds[0]?.kubelet ?? []).length > 0) ?? [];
  const kubelet = [...noise, ...(failure?.holds[0]?.kubelet ?? [])];
  expect(diagnose({ ...noEvidence, step: 'node-ready', kubelet }).map((found) => found.failure.id)).toContain(id);
});
