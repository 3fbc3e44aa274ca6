import { describe, expect, test } from 'vitest';
import { areas, catalogue } from '../../../shared/errors/catalogue/index.ts';
import type { ErrorDefinition } from '../../../shared/errors/definition.ts';
import { exitCode, hasCode, MusterError, messageOf, textOf } from '../../../shared/errors/errors.ts';
import { problemSchema } from '../../../shared/protocol/problem.ts';

describe('the error catalogue', () => {
  const entries = Object.entries(catalogue) as [string, ErrorDefinition][];
  const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

  test('lists every code once', () => {
    const all = Object.values(areas).flatMap((area) => Object.keys(area));
    expect(all).toEqual([...new Set(all)]);
    for (const code of all) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('has no two codes of the same words in another order', () => {
    const keys = Object.keys(catalogue).map((code) => code.split('-').sort().join(' '));
    expect(keys).toEqual([...new Set(keys)]);
  });

  test.each(entries)('%s states the same facts in both languages', (_code, { message, remedy = '' }) => {
    expect(names(message.zh)).toEqual(names(message.en));
    if (typeof remedy !== 'string') expect(names(remedy.zh)).toEqual(names(remedy.en));
  });
});

describe('an error', () => {
  test('fills its parameters in, each in the language of the text', () => {
    const error = new MusterError('host-unknown', { host: 'node09', known: ['node01', 'node02'] });
    expect(error.text.en).toContain('node01, node02');
    expect(error.text.zh).toContain('node01、node02');
    expect(error).toMatchObject({ code: 'host-unknown', message: error.text.en, status: 404, exit: exitCode.badInput });
    expect(new MusterError('host-held', { host: 'a', reason: { en: 'why', zh: '原因' } }).text.zh).toContain('原因');
  });

  test('prefers the status, exit code and retry time of one occurrence over the catalogue’s', () => {
    expect(new MusterError('join-not-yet', { reason: 'x' })).toMatchObject({ status: 503, retryAfter: 1 });
    const once = { status: 500, exit: 9, retryAfter: 2 };
    expect(new MusterError('join-not-yet', { reason: 'x' }, once)).toMatchObject(once);
  });

  test('has no remedy when its parameter is empty', () => {
    expect(new MusterError('download-failed', { url: 'u', reason: 'r', fix: '' }).remedy).toBeUndefined();
  });

  test('survives the wire unchanged, also with a code unknown to this version', () => {
    const sent = new MusterError('disk-broken', { path: '/x' }).toProblem();
    const received = new MusterError(problemSchema.parse(JSON.parse(JSON.stringify(sent))), {}, { status: 503 });
    expect(received.toProblem()).toEqual(sent);
    const later = problemSchema.parse({ code: 'from-a-later-version', message: 'no', remedy: 'do that' });
    expect(new MusterError(later)).toMatchObject({
      code: 'from-a-later-version',
      text: { en: 'no', zh: 'no' },
      remedy: { en: 'do that', zh: 'do that' },
    });
  });

  test('is identified by its code', () => {
    const error: unknown = new MusterError('no-workers');
    expect(hasCode(error, 'paused', 'no-workers')).toBe(true);
    expect(hasCode(error, 'paused')).toBe(false);
    expect(hasCode(new Error('no-workers'), 'no-workers')).toBe(false);
  });

  test('of a program has its own words in every language', () => {
    expect(textOf(new TypeError('boom'))).toEqual({ en: 'boom', zh: 'boom' });
    expect(messageOf('thrown text')).toBe('thrown text');
  });
});
