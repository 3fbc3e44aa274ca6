import { execa } from 'execa';
import { MusterError } from '../../shared/errors/errors.ts';

/** The Debian package of each program that the build needs. */
const packages = {
  'apt-get': 'apt',
  'dpkg-deb': 'dpkg',
  patchelf: 'patchelf',
  readelf: 'binutils',
  tar: 'tar',
} as const;

export type Tool = keyof typeof packages;

/** Whether a program can be started; its exit code does not matter. */
export async function hasProgram(name: string): Promise<boolean> {
  const result = await execa(name, ['--version'], { reject: false, stdin: 'ignore' });
  return result.code !== 'ENOENT';
}

/** Throws unless all programs are present; names the missing ones and the command that installs them. */
export async function requireTools(names: readonly Tool[]): Promise<void> {
  const present = await Promise.all(names.map(hasProgram));
  const missing = names.filter((_, index) => !present[index]);
  if (missing.length === 0) return;
  const needed = [...new Set(missing.map((name) => packages[name]))];
  throw new MusterError('build-tools', { programs: missing, packages: needed.join(' ') });
}
