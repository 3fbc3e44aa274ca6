import process from 'node:process';
import { hasProgram } from '../deploy/build/tools.ts';

/** Throws where a program of the Debian package of the same name is missing: a test that cannot run must not count as passed. */
export async function requireProgram(name: string): Promise<void> {
  if (!(await hasProgram(name))) throw new Error(`${name} is not installed; run: apt-get install -y ${name}`);
}

/** Throws where the tests do not run as root. `what`: what they need it for. */
export function requireRoot(what: string): void {
  if (process.getuid?.() !== 0) throw new Error(`${what} needs root; run the tests as root`);
}
