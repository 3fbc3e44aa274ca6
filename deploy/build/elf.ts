import { execa } from 'execa';
import { hasProgram } from './tools.ts';

/** The shared libraries that a program or library needs, such as libc.so.6. */
export async function neededBy(file: string): Promise<string[]> {
  const { stdout } = await execa('readelf', ['--dynamic', '--wide', file], { env: { LC_ALL: 'C' } });
  return [...stdout.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map((match) => match[1] ?? '');
}

/**
 * Binds a program to its own loader and libraries by absolute path. DT_RPATH instead of DT_RUNPATH, because it also
 * applies to libraries that libraries load (name services) and LD_LIBRARY_PATH cannot override it. Absolute, because
 * $ORIGIN needs /proc, and because loader and C library must come from the same folder at any moment of an update.
 */
export async function bindTo(program: string, folder: string, loader: string): Promise<void> {
  const tie = ['--set-interpreter', `${folder}/${loader}`, '--force-rpath', '--set-rpath', folder];
  await execa('patchelf', [...tie, program]);
}

/** Strips symbols if this machine has the binutils of that architecture; saves a fifth of size and memory. */
export async function strip(program: string, triplet: string): Promise<void> {
  const tool = `${triplet}-strip`;
  if (await hasProgram(tool)) await execa(tool, [program]);
}
