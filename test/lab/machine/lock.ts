import { once } from 'node:events';
import { execa } from 'execa';
import { LabError } from '../lab-error.ts';
import { labPaths } from '../layout.ts';
import { findProcess, forget, remember } from './processes.ts';

/** The holder of the lock is recorded next to the lab's processes, but is none of them. */
export const lockName = 'lock';

/** Allows one command at a time to start or stop the lab. */
export async function withLock<T>(what: string, work: () => Promise<T>): Promise<T> {
  const other = findProcess(lockName);
  if (other !== null && other !== process.pid) {
    throw new LabError('lab-busy', `another command (process ${other}) is building the lab up or taking it down`, {
      remedy: `wait until it has ended, then try ${what} again`,
    });
  }
  remember(lockName, process.pid);
  try {
    return await work();
  } finally {
    forget(lockName);
  }
}

/**
 * Serializes builds of the parts that all labs share. The kernel releases the lock when its holder dies, so no stale
 * lock remains.
 */
export async function whileBuilding<T>(work: () => Promise<T>): Promise<T> {
  const holder = execa('flock', [`${labPaths.cache}/build.lock`, 'sh', '-c', 'echo held; cat'], { buffer: false });
  await once(holder.stdout, 'data');
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await holder;
  }
}
