import { describe, expect, test } from 'vitest';
import { openJournal } from '../../../agent/loop/journal.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';

const path = '/var/lib/muster-agent/journal.json';
const open = (host: FakeHost) => openJournal(host, path, silentLogger());

describe('the journal', () => {
  test('is read by the next agent', async () => {
    const host = fakeHost();
    const journal = await open(host);
    await journal.begin('images', false);
    await journal.end('images', 'done');
    expect((await open(host)).entry('images')).toEqual(journal.entry('images'));
    expect(host.files.get(path)?.mode).toBe(0o600);
  });

  test.each([
    '',
    '{"version":1,"owns":tr',
    '{"version":9}',
  ])('that is corrupt (%j) is moved aside, and a new one is created', async (text) => {
    const host = fakeHost({ files: { [path]: text } });
    const journal = await open(host);
    expect(journal.owns()).toBe(false);
    const [aside] = await host.list('/var/lib/muster-agent');
    expect(aside).toMatch(/^journal\.json\.corrupt-2026/);
    expect(host.content(`/var/lib/muster-agent/${aside}`)).toBe(text);
    await journal.begin('swap', false);
    expect((await open(host)).entry('swap')?.state).toBe('applying');
  });
});
