import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { requireRoot } from './required.ts';

const repository = join(import.meta.dirname, '..');

const disk = `
import { execaSync } from 'execa';
import { rmSync, writeFileSync } from 'node:fs';
/** Uses up every byte, and gives them back. */
export function fill() {
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
    for (let index = 0; ; index += 1) {
      try { writeFileSync('@/filler-' + size + '-' + index, 'x'.repeat(size)); } catch { break; }
    }
  }
}
export const free = () => execaSync('sh', ['-c', 'rm -f @/filler-*']);
export const readOnly = () => execaSync('mount', ['-o', 'remount,ro', '@']);
export const writable = () => execaSync('mount', ['-o', 'remount,rw', '@']);
`;

/**
 * Runs a program in a process with a file system of that many kilobytes, at \`@\`, that nobody else sees; \`#\` is the repository, and
 * fill, free, readOnly and writable work on the disk. Returns what it printed as JSON.
 */
// biome-ignore lint/suspicious/noExplicitAny: whatever the program says; tests say what they expect
export async function onSmallDisk(kilobytes: number, program: string): Promise<any> {
  requireRoot('a small file system');
  const folder = await mkdtemp(join(tmpdir(), 'muster-disk-'));
  try {
    const mount = join(repository, 'test');
    const place = (text: string) => text.replaceAll('@', join(folder, 'disk')).replaceAll('#', repository);
    const file = join(folder, 'program.ts');
    const imports = disk.replace("from 'execa'", `from '${join(repository, 'node_modules/execa/index.js')}'`);
    await writeFile(file, place(`${imports}\n${program}`));
    const script = 'mkdir "$1/disk" && mount -t tmpfs -o "size=$2k" tmpfs "$1/disk" && exec "$3" "$1/program.ts"';
    const { stdout } = await execa(
      'unshare',
      ['--mount', 'sh', '-c', script, 'sh', folder, String(kilobytes), process.execPath],
      { cwd: mount },
    );
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
