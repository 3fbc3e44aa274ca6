import { expect, test } from 'vitest';
import { clean, fingerprint, json, utc } from '../../../../coordinator/cli/terminal/text.ts';

test('untrusted text becomes one line without control characters', () => {
  expect(clean('two\u001b[2J')).not.toContain('\u001b');
  expect(clean('one\n\t two')).toBe('one two');
});

test('JSON output escapes the control characters that JSON permits', () => {
  const value = { text: 'a\u009bb\u007f \u202e \u{e0041} \u2028' };
  expect(json(value)).not.toMatch(/[\u007f-\u009f\p{Cf}\p{Zl}]/u);
  expect(JSON.parse(json(value))).toEqual(value);
});

test('a time is printed in UTC, to the second', () => {
  expect(utc('2026-03-04T12:03:04.567Z')).toBe('2026-03-04 12:03:04 UTC');
  expect(utc('\u001b[2J\u009b1m hostile')).not.toMatch(/\p{Cc}/u);
});

test('a fingerprint is printed as browsers show it', () => {
  expect(fingerprint('00ff10')).toBe('00:FF:10');
});
