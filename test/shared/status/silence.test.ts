import { expect, test } from 'vitest';
import { isSilent, silentAfterMs } from '../../../shared/status/silence.ts';
import { verbatim } from '../../../shared/text/local-text.ts';

const hold = (kind: 'retired' | 'leaving' | 'paused') => ({ kind, reason: verbatim('') });

test('a host is silent after the limit, unless it never enrolled', () => {
  expect(isSilent(undefined, 0, silentAfterMs)).toBe(false);
  expect(isSilent(undefined, 0, silentAfterMs + 1)).toBe(true);
  expect(isSilent(undefined, null, silentAfterMs + 1)).toBe(false);
});

test('a host that has left or is leaving is not expected to report; a paused one is', () => {
  expect(isSilent(hold('retired'), 0, silentAfterMs + 1)).toBe(false);
  expect(isSilent(hold('leaving'), 0, silentAfterMs + 1)).toBe(false);
  expect(isSilent(hold('paused'), 0, silentAfterMs + 1)).toBe(true);
});
