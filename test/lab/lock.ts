import { once } from 'node:events';
import { execa } from 'execa';
import { LabError } from './lab-error.ts';
import { labPaths } from './layout.ts';
import { findProcess, forget, remember } from './processes.ts';

/** The holder of the lock is remembered beside the lab's processes, but is none of them. */
export const lockName = 'lock';

/** Lets one command at a time build up or take down the lab. */
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
 * Lets one lab at a time build what all of them share: the others wait. The kernel holds the lock for as long as its holder lives, so that
 * none is left behind.
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
