import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import { evidenceFrom } from './log.ts';

const folder = new URL('siblings/', import.meta.url);

/** `## ID: title`, followed by the log of which ID, or nothing, is the only failure to show. */
describe.each(readdirSync(folder))('%s', (file) => {
  const logs = readFileSync(new URL(file, folder), 'utf8').split(/^## /m).slice(1);
  test.each(logs.map((log) => [log.slice(0, log.indexOf('\n')), log.slice(log.indexOf('\n'))]))('%s', (title, log) => {
    const expected = title.split(':')[0];
    const ids = diagnose(evidenceFrom(log)).map(({ failure }) => failure.id);
    expect(ids).toEqual(expected === 'nothing' ? [] : [expected]);
  });
});
