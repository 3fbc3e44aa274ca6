import { describe, expect, test } from 'vitest';
import { onSmallDisk } from '../../small-disk.ts';

/** One step that records that it was applied, and runs of it while the disk is writable, full or read-only. */
const rounds = `
import { createHost } from '#/agent/host/host-linux.ts';
import { openJournal } from '#/agent/loop/journal.ts';
import { pathsBelow } from '#/agent/paths.ts';
import { runSteps } from '#/agent/loop/runner.ts';
import { silentLogger } from '#/shared/logger.ts';
const paths = pathsBelow('@');
// Nothing of it runs in a unit.
const host = { ...createHost(paths), unitState: async () => 'none' };
const open = () => openJournal(host, paths.journal, silentLogger());
let applied = 0;
let wanted = 1;
const step = {
  id: 'swap',
  check: async () => ({ state: applied >= wanted ? 'done' : 'todo', message: { en: 'swap is on', zh: 'swap is on' } }),
  apply: async () => { applied += 1; },
};
async function round(journal) {
  const told = [];
  await runSteps([step], {
    host, journal, signal: new AbortController().signal, contextFor: () => ({ say() {} }), onTodo: 'first', blocked: new Map(), onState: (result) => told.push(result), onBug: (_, error) => told.push({ bug: error.stack }),
  });
  const { state, code, bug } = told.at(-1);
  return { state, code, bug, bugs: told.filter((one) => one.bug).length, applied };
}
`;

describe('a disk that rejects writes', () => {
  test.each([
    ['full', 'fill', 'free', 'disk-full'],
    ['read-only', 'readOnly', 'writable', 'disk-read-only'],
  ])('when %s: starts no step that it cannot record, reports why, and resumes later', async (_, spoil, repair, code) => {
    const result = await onSmallDisk(
      512,
      `${rounds}
      const journal = await open();
      await round(journal);
      wanted = 2;
      ${spoil}();
      const during = await round(journal);
      const entry = journal.entry('swap');
      ${repair}();
      const after = await round(journal);
      console.log(JSON.stringify({ during, entry, after, onDisk: (await open()).entry('swap') }));`,
    );
    expect(result.during).toMatchObject({
      state: 'failed',
      code,
      applied: 1,
      bugs: 0,
    });
    expect(result.entry.attempts).toBe(1);
    expect(result.after).toMatchObject({ state: 'done', applied: 2 });
    expect(result.onDisk).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('leaves a step that ends on a full disk recorded as started, to be checked again', async () => {
    const result = await onSmallDisk(
      512,
      `${rounds}
      step.apply = async () => { applied += 1; fill(); };
      const journal = await open();
      const during = await round(journal);
      free();
      const after = await round(await open());
      console.log(JSON.stringify({ during, after }));`,
    );
    expect(result.during).toMatchObject({
      state: 'failed',
      code: 'disk-full',
      applied: 1,
    });
    expect(result.after).toMatchObject({ state: 'done', applied: 1 });
  });

  test('does not keep the agent from starting with a corrupt journal', async () => {
    const result = await onSmallDisk(
      512,
      `${rounds}
      await host.writeFile(paths.journal, '{"version":1,"ow');
      readOnly();
      const journal = await open();
      console.log(JSON.stringify({ owns: journal.owns() }));`,
    );
    expect(result).toEqual({ owns: false });
  });
});
