import { execa } from 'execa';
import { expect, test } from 'vitest';
import { copiesOfFiles } from '../../../agent/machine/own-memory.ts';

const entry = (head: string, fields: Record<string, number>) =>
  [
    head,
    ...Object.entries(fields).map(([name, kib]) => `${name}: ${String(kib).padStart(10)} kB`),
    'VmFlags: rd mr',
  ].join('\n');
const clean = {
  Size: 64,
  Rss: 32,
  Shared_Clean: 32,
  Shared_Dirty: 0,
  Private_Clean: 0,
  Private_Dirty: 0,
  Anonymous: 0,
  Swap: 0,
};

test('only mappings that the kernel can read again from their file are given back', () => {
  const smaps = [
    entry('00400000-00500000 r-xp 00001000 fe:00 42                         /opt/muster/runtime/bin/node', clean),
    entry('00500000-00510000 r--p 00001000 fe:00 42                         /opt/muster/runtime/bin/node', clean),
    entry('00600000-00610000 rw-p 00001000 fe:00 42                         /opt/muster/runtime/bin/node', clean),
    entry('00700000-00710000 r--p 00001000 fe:00 42                         /lib/relocated.so', {
      ...clean,
      Anonymous: 4,
    }),
    entry('00800000-00810000 r--p 00001000 fe:00 42                         /lib/dirty.so', {
      ...clean,
      Private_Dirty: 4,
    }),
    entry('00900000-00910000 r--p 00001000 fe:00 42                         /lib/unread.so', { ...clean, Rss: 0 }),
    entry('00a00000-00a10000 r-xp 00000000 00:00 0 ', clean),
    entry('00b00000-00b10000 r-xp 00000000 00:00 0                          [vdso]', clean),
    entry('00c00000-00c10000 r-xp 00000000 fe:00 42                         /lib/untold.so', { Size: 64, Rss: 32 }),
    '',
  ].join('\n');
  expect(copiesOfFiles(smaps)).toEqual([
    { start: 0x400000n, length: 0x100000n },
    { start: 0x500000n, length: 0x10000n },
  ]);
});

test('a process that gives back is smaller, and works on', async () => {
  const module = new URL('../../../agent/machine/own-memory.ts', import.meta.url).href;
  const program = `
    import { readFileSync } from 'node:fs';
    import { createGiveBack } from '${module}';
    const resident = () => Number(/VmRSS:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
    const giveBack = createGiveBack();
    const before = resident();
    await giveBack();
    console.log(JSON.stringify({ before, after: resident() }));
    console.log(JSON.parse('{"sum":6}').sum);`;
  const { stdout } = await execa(process.execPath, [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program,
  ]);
  const [sizes = '', sum] = stdout.split('\n');
  const { before, after } = JSON.parse(sizes);
  expect(after).toBeLessThan(before / 2);
  expect(sum).toBe('6');
});
