import { describe, expect, test } from 'vitest';
import type { Check, Verdict } from '../../../shared/preflight/check.ts';
import { blocks, examine, worstFirst } from '../../../shared/preflight/examine.ts';
import type { Finding } from '../../../shared/protocol/finding.ts';

const text = (en: string) => ({ en, zh: `${en} (zh)` });

/** A check that judges as it is told. */
const checkOf = (verdict: Verdict | null, more: Partial<Check> = {}): Check =>
  ({
    id: 'sample',
    needed: text('2 GiB'),
    remedy: text('add memory'),
    command: 'free',
    judge: () => verdict,
    ...more,
  }) as Check;
const finding = (verdict: Verdict | null, more: Partial<Check> = {}) => examine(checkOf(verdict, more), {} as never);

describe('examine', () => {
  test('gives nothing where the check does not apply', () => {
    expect(finding(null)).toBeNull();
  });

  test('leaves out what is required and the fix where the check holds', () => {
    const found = finding({ level: 'ok', seen: text('4 GiB') });
    expect(found).toMatchObject({ level: 'ok', needed: { en: '', zh: '' }, command: '', mends: false });
  });

  test('takes the fix from the check, and from the verdict where that has one', () => {
    expect(finding({ level: 'error', seen: text('1 GiB') })).toMatchObject({
      remedy: text('add memory'),
      command: 'free',
    });
    const own = { level: 'error', seen: text('1 GiB'), remedy: text('stop k3s'), command: 'k3s-killall.sh' } as const;
    expect(finding(own)).toMatchObject({ remedy: text('stop k3s'), command: 'k3s-killall.sh' });
  });

  test('names no command for an unknown result unless the verdict has one', () => {
    expect(finding({ level: 'unknown', seen: text('?') })).toMatchObject({ command: '' });
  });

  test('says whether a step fixes it; the verdict can say that none does', () => {
    const step = 'swap' as const;
    expect(finding({ level: 'error', seen: text('on') }, { step })?.mends).toBe(true);
    expect(finding({ level: 'error', seen: text('on'), step: null }, { step })?.mends).toBe(false);
    expect(finding({ level: 'error', seen: text('on') })?.mends).toBe(false);
  });
});

test('only an error that no step fixes blocks', () => {
  expect(blocks({ level: 'error', mends: false })).toBe(true);
  expect(blocks({ level: 'error', mends: true })).toBe(false);
  expect(blocks({ level: 'warning', mends: false })).toBe(false);
  expect(blocks({ level: 'unknown', mends: false })).toBe(false);
});

test('the worst come first, in their order otherwise', () => {
  const levels: Finding['level'][] = ['ok', 'unknown', 'error', 'warning', 'error'];
  const sorted = worstFirst(levels.map((level, index) => ({ level, index })));
  expect(sorted.map(({ index }) => index)).toEqual([2, 4, 3, 1, 0]);
});
