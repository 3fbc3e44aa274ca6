import { describe, expect, test } from 'vitest';
import { evidenceSince, isLookDue, verdictOf, waitOf } from '../../../agent/diagnosis/wait.ts';
import type { Found } from '../../../shared/diagnosis/diagnose.ts';

const found = (symptom?: true) => ({ failure: symptom ? { symptom } : {}, signs: [] }) as unknown as Found;
const wait = { step: 'node-ready' as const, since: 1000, lookedAt: 0 };

test('a wait restarts only when another step waits', () => {
  expect(waitOf(wait, 'node-ready', 9000)).toBe(wait);
  expect(waitOf(wait, 'packages', 9000)).toEqual({ step: 'packages', since: 9000, lookedAt: 0 });
});

test('evidence is collected after 15 s, then every 8 s', () => {
  expect(isLookDue(wait, 15_999)).toBe(false);
  expect(isLookDue(wait, 16_000)).toBe(true);
  expect(isLookDue({ ...wait, lookedAt: 16_000 }, 23_999)).toBe(false);
  expect(isLookDue({ ...wait, lookedAt: 16_000 }, 24_000)).toBe(true);
});

test('journals are read from the start of the wait, at most 45 s back', () => {
  expect(evidenceSince(wait, 20_000).getTime()).toBe(1000);
  expect(evidenceSince(wait, 100_000).getTime()).toBe(55_000);
});

describe('the verdict on the evidence', () => {
  test.each([
    ['a cause', found(), 15_000, 'treat'],
    ['a symptom, early', found(true), 59_999, 'nothing'],
    ['a persistent symptom', found(true), 60_000, 'treat'],
    ['nothing at first', undefined, 179_999, 'nothing'],
    ['nothing for 3 minutes', undefined, 180_000, 'report-unknown'],
  ])('%s', (_, one, lasted, verdict) => expect(verdictOf(one, lasted)).toBe(verdict));
});
