import { describe, expect, test } from 'vitest';
import type { Check, Verdict } from '../../../shared/preflight/check.ts';
import { blocks, examine, worstFirst } from '../../../shared/preflight/examine.ts';
import type { Finding } from '../../../shared/protocol/finding.ts';

const text = (en: string) => ({ en, zh: `${en} (zh)` });

/** A check with the given verdict. */
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
  test('returns nothing when the check does not apply', () => {
    expect(finding(null)).toBeNull();
  });

  test('omits the required value and the fix when the check passes', () => {
    const found = finding({ level: 'ok', seen: text('4 GiB') });
    expect(found).toMatchObject({ level: 'ok', needed: { en: '', zh: '' }, command: '', mends: false });
  });

  test('takes the fix from the check, or from the case that the verdict names', () => {
    expect(finding({ level: 'error', seen: text('1 GiB') })).toMatchObject({
      remedy: text('add memory'),
      command: 'free',
    });
    const cases = { k3s: { remedy: text('stop {name}'), command: '{name}-killall.sh' } };
    const own = { level: 'error', seen: text('1 GiB'), case: 'k3s', values: { name: 'k3s' } } as const;
    expect(finding(own, { cases })).toMatchObject({ remedy: text('stop k3s'), command: 'k3s-killall.sh' });
  });

  test('has no command for an unknown result unless the verdict has one', () => {
    expect(finding({ level: 'unknown', seen: text('?') })).toMatchObject({ command: '' });
  });

  test('states whether a step fixes it; the verdict can deny that', () => {
    const step = 'swap' as const;
    expect(finding({ level: 'error', seen: text('on') }, { step })?.mends).toBe(true);
    expect(finding({ level: 'error', seen: text('on'), step: null }, { step })?.mends).toBe(false);
    expect(finding({ level: 'error', seen: text('on') })?.mends).toBe(false);
  });
});

test('blocks only on an error that no step fixes', () => {
  expect(blocks({ level: 'error', mends: false })).toBe(true);
  expect(blocks({ level: 'error', mends: true })).toBe(false);
  expect(blocks({ level: 'warning', mends: false })).toBe(false);
  expect(blocks({ level: 'unknown', mends: false })).toBe(false);
});

test('sorts the worst first, otherwise in catalogue order', () => {
  const levels: Finding['level'][] = ['ok', 'unknown', 'error', 'warning', 'error'];
  const sorted = worstFirst(levels.map((level, index) => ({ level, index })));
  expect(sorted.map(({ index }) => index)).toEqual([2, 4, 3, 1, 0]);
});
