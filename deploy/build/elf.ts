import { execa } from 'execa';
import { hasProgram } from './tools.ts';

/** The shared libraries that a program or library names, such as libc.so.6. */
export async function neededBy(file: string): Promise<string[]> {
  const { stdout } = await execa('readelf', ['--dynamic', '--wide', file], { env: { LC_ALL: 'C' } });
  return [...stdout.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map((match) => match[1] ?? '');
}

/**
 * Ties a program to its own loader and libraries by absolute path. The rpath is the old DT_RPATH, not DT_RUNPATH: it also covers what
 * libraries load themselves (name services), and it can't be overruled by LD_LIBRARY_PATH. An absolute path, because $ORIGIN
 * needs /proc, and because loader and C library must come from the same folder at any moment of an update.
 */
export async function bindTo(program: string, folder: string, loader: string): Promise<void> {
  const tie = ['--set-interpreter', `${folder}/${loader}`, '--force-rpath', '--set-rpath', folder];
  await execa('patchelf', [...tie, program]);
}

/** Takes symbols out, where this machine has the binutils of that architecture: a fifth less to store and to load. */
export async function strip(program: string, triplet: string): Promise<void> {
  const tool = `${triplet}-strip`;
  if (await hasProgram(tool)) await execa(tool, [program]);
}
