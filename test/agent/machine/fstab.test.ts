import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { swapLines, withoutSwap } from '../../../agent/machine/fstab.ts';

const table = readFileSync(new URL('../../cases/55-pass-fstab/fstab', import.meta.url), 'utf8');
const siblings = [
  'UUID=0f8a2c1e-1111-2222-3333-444455556667 none swap sw 0 0',
  'PARTUUID=0f8a2c1e-01 swap swap defaults,x-systemd.makefs 0 0',
  '/dev/zram0 none swap defaults,pri=100,x-systemd.requires=zram.service',
  '/swapfile none swap sw,discard 0 0\r',
].join('\n');

/** Entries as libmount reads them: source, target, type. */
function entriesOf(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'muster-fstab-'));
  try {
    writeFileSync(join(folder, 'fstab'), text);
    const args = ['--fstab', '--tab-file', join(folder, 'fstab'), '--noheadings', '--raw', '--output', 'SOURCE,FSTYPE'];
    return execFileSync('findmnt', args).toString().trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['case 55', table],
  ['its siblings', `${table}${siblings}\n`],
])('every swap line, and nothing else, is commented out, as libmount reads the file: %s', (_, text) => {
  const before = entriesOf(text);
  const isSwap = (entry: string) => entry.trim().endsWith(' swap');
  expect(swapLines(text)).toHaveLength(before.filter(isSwap).length);
  expect(entriesOf(withoutSwap(text))).toEqual(before.filter((entry) => !isSwap(entry)));
  expect(withoutSwap(text).replaceAll('# muster: ', '')).toBe(text);
  expect(withoutSwap(withoutSwap(text))).toBe(withoutSwap(text));
});
