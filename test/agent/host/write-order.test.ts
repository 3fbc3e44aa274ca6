import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireProgram } from '../../required.ts';

const root = join(import.meta.dirname, '../../..');

let folder: string;
beforeAll(() => requireProgram('strace'));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-order-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Call {
  name: string;
  /** The path that the call is about; for a descriptor, the path it was opened with. */
  path: string;
  to: string;
}

/**
 * Parses the output of `strace -f -y`, which shows paths with descriptors (`write(17</tmp/x>, …`), and joins
 * interrupted calls.
 */
function parse(trace: string): Call[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line): Call[] => {
    const [, pid = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (text.includes('<unfinished ...>')) {
      begun.set(pid, text.replace('<unfinished ...>', ''));
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    const whole = resumed === null ? text : `${begun.get(pid) ?? ''}${resumed[1]}`;
    const [, name = '', args = ''] =
      /^(\w+)\((.*)\) += 0|^(\w+)\((.*)/.exec(whole)?.filter((part) => part !== undefined) ?? [];
    const descriptor = /^\d+<([^>]*)>/.exec(args)?.[1];
    const quoted = [...args.matchAll(/"([^"]*)"/g)].map(([, path = '']) => path);
    return name === '' ? [] : [{ name, path: descriptor ?? quoted[0] ?? '', to: quoted.at(-1) ?? '' }];
  });
}

/** Runs a program that writes, and returns the system calls on paths below the folder, in order. */
async function traced(program: string): Promise<Call[]> {
  const file = join(folder, 'program.ts');
  const output = join(folder, 'trace');
  await mkdir(join(folder, 'state/var/lib/muster-agent'), { recursive: true });
  await writeFile(file, program.replaceAll('#', root).replaceAll('@', join(folder, 'state')));
  const calls = 'trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2';
  await execa('strace', ['-f', '-y', '-s', '256', '-e', calls, '-o', output, process.execPath, file]);
  return parse(await readFile(output, 'utf8')).filter(({ path, to }) =>
    [path, to].some((one) => one.startsWith(join(folder, 'state'))),
  );
}

/**
 * The only order in which a power failure leaves either the old or the new file: write, fsync, rename, fsync of the
 * folder.
 */
function expectOrder(calls: readonly Call[], path: string): void {
  const renamed = calls.findLastIndex(({ name, to }) => name.startsWith('rename') && to === path);
  const partial = calls[renamed]?.path ?? '';
  const folderOf = path.slice(0, path.lastIndexOf('/'));
  const order = [
    calls.findIndex(({ name, path }) => name.includes('write') && path === partial),
    calls.findIndex(({ name, path }) => name === 'fsync' && path === partial),
    renamed,
    calls.findIndex(({ name, path }, index) => name === 'fsync' && path === folderOf && index > renamed),
  ];
  expect(partial).not.toBe('');
  expect(partial).not.toBe(path);
  expect(
    order.every((index) => index >= 0),
    JSON.stringify(calls, null, 1),
  ).toBe(true);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  // Nothing is written to the file after its fsync.
  expect(calls.slice(order[1] ?? 0).filter(({ name, path }) => name.includes('write') && path === partial)).toEqual([]);
}

describe('files that must survive a power failure are written, synced, renamed, and their folder synced:', () => {
  test('the agent’s journal and the host’s files', async () => {
    const calls = await traced(`
      import { createHost } from '#/agent/host/host-linux.ts';
      import { openJournal } from '#/agent/loop/journal.ts';
      import { pathsBelow } from '#/agent/paths.ts';
      import { silentLogger } from '#/shared/logger.ts';
      const host = createHost(pathsBelow('@'));
      const journal = await openJournal(host, '@/journal.json', silentLogger());
      await journal.begin('swap', false);
      await host.writeFile('@/etc/hosts', 'x');`);
    expectOrder(calls, join(folder, 'state/journal.json'));
    expectOrder(calls, join(folder, 'state/etc/hosts'));
  });

  test('a new credential before its hash is sent, and the one in use before the pending one is removed', async () => {
    const calls = await traced(`
      import { writeSync, openSync } from 'node:fs';
      import { openSession } from '#/agent/link/session.ts';
      import { pathsBelow } from '#/agent/paths.ts';
      import { silentLogger } from '#/shared/logger.ts';
      const paths = pathsBelow('@');
      const session = await openSession({ paths, credential: { host: 'a', credential: 'o'.repeat(43) }, ca: '', log: silentLogger() });
      const sent = openSync('@/sent', 'w');
      await session.rotate({ offerCredential: async () => void writeSync(sent, 'hash') }, new AbortController().signal);
      session.saw('5.AAAAAAAAAAAAAAAAAAAAAA');
      await session.settled();`);
    const state = join(folder, 'state/var/lib/muster-agent');
    for (const name of ['credential.json', 'credential.json.next', 'revision']) expectOrder(calls, join(state, name));
    const sent = calls.findIndex(({ path }) => path.endsWith('/sent'));
    const pending = calls.findIndex(({ name, to }) => name.startsWith('rename') && to.endsWith('credential.json.next'));
    const synced = calls.findIndex(({ name, path }, index) => name === 'fsync' && path === state && index > pending);
    expect(sent).toBeGreaterThan(synced);
  });
});
