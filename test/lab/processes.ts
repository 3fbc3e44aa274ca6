import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { labPaths } from './layout.ts';

/**
 * The lab's long-lived processes, each remembered under a name with its process id and start time: an id that another process
 * has been given since is never taken for ours.
 */

interface Identity {
  pid: number;
  /** Clock ticks after boot, as the kernel gives it: text, because it is only ever compared. */
  startTime: string;
}

const recordOf = (name: string) => `${labPaths.run}/${name}.pid`;

/** The fields of /proc/PID/stat after the program's name, from the state on; null when there is no such process. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** When the process began, in clock ticks after boot; null when it is gone or only a zombie. */
export function startTimeOf(pid: number): string | null {
  const stat = statOf(pid);
  return stat === null || stat[0] === 'Z' ? null : (stat[19] ?? null);
}

/** Seconds since the process began. */
export function secondsUp(pid: number): number | null {
  const ticks = startTimeOf(pid);
  if (ticks === null) return null;
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return uptime - Number(ticks) / 100;
}

/** The process of that name if it is still running. */
export function findProcess(name: string): number | null {
  let identity: Identity;
  try {
    identity = JSON.parse(readFileSync(recordOf(name), 'utf8'));
  } catch {
    return null;
  }
  return startTimeOf(identity.pid) === identity.startTime ? identity.pid : null;
}

/** The names of all that were started and not forgotten since, running or not. */
export function processNames(): string[] {
  mkdirSync(labPaths.run, { recursive: true });
  return readdirSync(labPaths.run)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => file.slice(0, -'.pid'.length));
}

/** Remembers a process under a name. */
export function remember(name: string, pid: number): void {
  const startTime = startTimeOf(pid);
  if (startTime === null) return;
  mkdirSync(labPaths.run, { recursive: true });
  writeFileSync(recordOf(name), JSON.stringify({ pid, startTime } satisfies Identity));
}

export function forget(name: string): void {
  rmSync(recordOf(name), { force: true });
}

/** Starts a program that outlives this one; its output goes to the log of that name. */
export function startProcess(
  name: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): number {
  mkdirSync(labPaths.logs, { recursive: true });
  const log = openSync(`${labPaths.logs}/${name}.log`, 'w');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env });
  if (child.pid === undefined) throw new Error(`${program} could not be started: is it installed?`);
  remember(name, child.pid);
  child.unref();
  return child.pid;
}

/** Ends the process of that name and waits until it is gone. No error when it is not running. */
export async function stopProcess(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const pid = findProcess(name);
  if (pid !== null) await endProcess(pid, signal);
  forget(name);
}

/** Signals a process and waits until it is gone; after five seconds it is killed. `meanwhile` is called twice a second until then. */
export async function endProcess(pid: number, signal: NodeJS.Signals, meanwhile?: () => void): Promise<void> {
  const started = startTimeOf(pid);
  const alive = () => started !== null && startTimeOf(pid) === started;
  const send = (what: NodeJS.Signals) => {
    try {
      if (alive()) process.kill(pid, what);
    } catch {
      // It ended in between.
    }
  };
  send(signal);
  for (let waited = 0; alive(); waited += 20) {
    if (waited === 5_000) send('SIGKILL');
    if (waited % 500 === 0) meanwhile?.();
    await sleep(20);
  }
}
