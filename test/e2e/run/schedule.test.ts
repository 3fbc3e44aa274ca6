import { describe, expect, it } from 'vitest';
import { isGreen, type Result, runSchedule } from './schedule.ts';
import { summaryOf } from './summary.ts';

/** Each file takes ten minutes; `fails`: how many times a file fails before it passes. */
async function ran(
  lists: { required?: string[]; others?: string[] },
  { minutes = Number.POSITIVE_INFINITY, fails = {} }: { minutes?: number; fails?: Record<string, number> } = {},
): Promise<Result & { order: string[]; newHosts: number }> {
  let now = 0;
  let newHosts = 0;
  const order: string[] = [];
  const left = new Map(Object.entries(fails));
  const result = await runSchedule({
    required: lists.required ?? [],
    others: lists.others ?? [],
    limitSeconds: minutes * 60,
    graceSeconds: 600,
    async run(file) {
      order.push(file);
      now += 600_000;
      const failed = left.get(file) ?? 0;
      left.set(file, Math.max(0, failed - 1));
      return { passed: failed > 0 ? 0 : 2, failed: Math.min(failed, 1), skipped: 0, seconds: 600 };
    },
    onFailure: () => {
      newHosts += 1;
    },
    now: () => now,
  });
  return { ...result, order, newHosts };
}

describe('a run', () => {
  it('without a limit runs the required files, then the others', async () => {
    const result = await ran({ required: ['a', 'b'], others: ['c'] });
    expect(result.order).toEqual(['a', 'b', 'c']);
    expect(isGreen(result)).toBe(true);
    expect(summaryOf(result).trimEnd().split('\n').at(-1)).toBe('6 passed, 0 failed, 0 skipped');
  });

  it('that left out others is green, and names them', async () => {
    const result = await ran({ required: ['a'], others: ['c', 'd', 'e'] }, { minutes: 15 });
    expect(result.leftOut).toEqual({ required: [], others: ['d', 'e'] });
    expect(isGreen(result)).toBe(true);
    expect(summaryOf(result)).toContain('d, e');
  });

  it('that left out a required file is not green, and names it', async () => {
    const result = await ran({ required: ['a', 'b', 'c'] }, { minutes: 5 });
    expect(result.leftOut.required).toEqual(['c']);
    expect(isGreen(result)).toBe(false);
    expect(summaryOf(result)).toContain('although required: c');
  });
});

describe('a file that failed', () => {
  it('is tried once more at the end, on new hosts; a pass then counts', async () => {
    const result = await ran({ required: ['a', 'b'] }, { fails: { a: 1 } });
    expect(result.order).toEqual(['a', 'b', 'a']);
    expect(result).toMatchObject({ newHosts: 1, secondTries: ['a'] });
    expect(isGreen(result)).toBe(true);
  });

  it('twice fails the run', async () => {
    const result = await ran({ required: ['a', 'b'] }, { fails: { a: 2 } });
    expect(result.order).toEqual(['a', 'b', 'a']);
    expect(isGreen(result)).toBe(false);
    expect(summaryOf(result).trimEnd().split('\n').at(-1)).toBe('2 passed, 1 failed, 0 skipped');
  });

  it('is not tried again where the time is up', async () => {
    const result = await ran({ required: ['a', 'b'] }, { minutes: 5, fails: { a: 1 } });
    expect(result.order).toEqual(['a', 'b']);
    expect(isGreen(result)).toBe(false);
  });

  it('as the third one ends the run', async () => {
    const result = await ran({ required: ['a', 'b', 'c', 'd'] }, { fails: { a: 1, b: 1, c: 1 } });
    expect(result.order).toEqual(['a', 'b', 'c']);
    expect(result.leftOut.required).toEqual(['d']);
    expect(isGreen(result)).toBe(false);
  });
});
