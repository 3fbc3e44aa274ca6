import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { labPaths } from '../layout.ts';

/**
 * The lab's long-running processes, recorded by name with process id and start time, so that a reused id is not
 * mistaken for them.
 */

interface Identity {
  pid: number;
  /** Clock ticks after boot, kept as text because it is only compared. */
  startTime: string;
}

const recordOf = (name: string) => `${labPaths.run}/${name}.pid`;

/** The fields of /proc/PID/stat after the program's name, starting with the state; null if there is no such process. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** The process's start in clock ticks after boot; null if it has ended or is a zombie. */
export function startTimeOf(pid: number): string | null {
  const stat = statOf(pid);
  return stat === null || stat[0] === 'Z' ? null : (stat[19] ?? null);
}

/** Seconds since the process started. */
export function secondsUp(pid: number): number | null {
  const ticks = startTimeOf(pid);
  if (ticks === null) return null;
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return uptime - Number(ticks) / 100;
}

/** The id of the running process of that name; null if none. */
export function findProcess(name: string): number | null {
  let identity: Identity;
  try {
    identity = JSON.parse(readFileSync(recordOf(name), 'utf8'));
  } catch {
    return null;
  }
  return startTimeOf(identity.pid) === identity.startTime ? identity.pid : null;
}

/** Names of all recorded processes, running or not. */
export function processNames(): string[] {
  mkdirSync(labPaths.run, { recursive: true });
  return readdirSync(labPaths.run)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => file.slice(0, -'.pid'.length));
}

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

/** Stops the process of that name and waits until it has ended. No error if it is not running. */
export async function stopProcess(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const pid = findProcess(name);
  if (pid !== null) await endProcess(pid, signal);
  forget(name);
}

/**
 * Signals a process and waits until it has ended; sends SIGKILL after five seconds. `meanwhile` is called twice a
 * second.
 */
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
