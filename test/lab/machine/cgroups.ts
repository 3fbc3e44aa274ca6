import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { labName } from '../layout.ts';
import { endProcess } from './processes.ts';

/**
 * One cgroup per host, entered before the host's systemd starts: otherwise all hosts would share one /kubepods. cgroup
 * v1 (also hybrid) has a hierarchy per controller, and the host gets a group in each; cgroup v2 has one.
 */

export interface Hierarchy {
  /** Such as /sys/fs/cgroup/memory, or /sys/fs/cgroup with cgroup v2 only. */
  mountPoint: string;
  type: 'cgroup' | 'cgroup2';
}

/** Parses the cgroup hierarchies from /proc/PID/mountinfo. */
export function hierarchiesOf(mountinfo: string): (Hierarchy & { readOnly: boolean })[] {
  const found = new Map<string, Hierarchy & { readOnly: boolean }>();
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const mountPoint = before.split(' ')[4] ?? '';
    const options = (before.split(' ')[5] ?? '').split(',');
    const type = after.split(' ')[0];
    if (!/^\/sys\/fs\/cgroup(\/|$)/.test(mountPoint)) continue;
    if (type === 'cgroup' || type === 'cgroup2')
      found.set(mountPoint, { mountPoint, type, readOnly: options.includes('ro') });
  }
  return [...found.values()];
}

const hierarchies = () => hierarchiesOf(readFileSync('/proc/self/mountinfo', 'utf8'));
const groupOf = ({ mountPoint }: Hierarchy, host: string) => `${mountPoint}/${labName}/${host}`;

/** A new cpuset is empty and accepts no process until it has processors and memory nodes. */
function fillCpuset(group: string, parent: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(`${group}/${file}`)) writeFileSync(`${group}/${file}`, readFileSync(`${parent}/${file}`));
  }
}

/** Enables all controllers of a cgroup v2 group for its children; those that cannot be enabled are skipped. */
function handOn(group: string): void {
  for (const controller of readFileSync(`${group}/cgroup.controllers`, 'utf8').trim().split(' ').filter(Boolean)) {
    try {
      writeFileSync(`${group}/cgroup.subtree_control`, `+${controller}`);
    } catch {
      // For example, cpu cannot be enabled while realtime processes exist.
    }
  }
}

/** Creates the host's groups and moves the process (all its threads) into them; its children inherit them. */
export function enterCgroups(host: string, pid: number): void {
  for (const hierarchy of hierarchies()) {
    const { mountPoint, type } = hierarchy;
    const lab = `${mountPoint}/${labName}`;
    const group = groupOf(hierarchy, host);
    // v2: systemd-nspawn creates `payload` and `supervisor` below the host's group and enables the controllers for
    // them.
    if (type === 'cgroup2') handOn(mountPoint);
    mkdirSync(lab, { recursive: true });
    if (type === 'cgroup2') handOn(lab);
    else fillCpuset(lab, mountPoint);
    mkdirSync(group, { recursive: true });
    if (type === 'cgroup') fillCpuset(group, lab);
    writeFileSync(`${group}/cgroup.procs`, String(pid));
  }
}

/** Length of the period in which a host may use its share of a processor, in microseconds. */
const period = 50_000;

/** Limits a running host to that many processors, such as 0.6, until it is powered off. */
export function limitProcessor(host: string, processors: number): void {
  const quota = Math.round(period * processors);
  for (const hierarchy of hierarchies()) {
    const group = groupOf(hierarchy, host);
    if (existsSync(`${group}/cpu.max`)) writeFileSync(`${group}/cpu.max`, `${quota} ${period}`);
    if (!existsSync(`${group}/cpu.cfs_quota_us`)) continue;
    writeFileSync(`${group}/cpu.cfs_period_us`, String(period));
    writeFileSync(`${group}/cpu.cfs_quota_us`, String(quota));
  }
}

/** The command, started within the host's processor share like the host's own services. */
export function withinShare(host: string, argv: readonly string[]): string[] {
  const groups = hierarchies().map((hierarchy) => groupOf(hierarchy, host));
  const own = groups.filter((group) => existsSync(`${group}/cpu.cfs_quota_us`));
  // cgroup v2 allows processes in leaves only.
  own.push(...groups.filter((group) => existsSync(`${group}/cpu.max`)).map((group) => `${group}/supervisor`));
  if (own.length === 0) return [...argv];
  const enter = own.map((group) => `echo $$ >${group}/cgroup.procs`).join('; ');
  return ['sh', '-c', `${enter}; exec "$@"`, 'sh', ...argv];
}

/** All groups below and including one, deepest first; empty if it does not exist. */
function treeOf(group: string): string[] {
  try {
    const below = readdirSync(group, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...below.flatMap((entry) => treeOf(`${group}/${entry.name}`)), group];
  } catch {
    return [];
  }
}

const processesIn = (group: string) =>
  readFileSync(`${group}/cgroup.procs`, 'utf8').split('\n').filter(Boolean).map(Number);

/**
 * Running services of a host: unit name to process ids, as seen by the machine. Fast, because it does not enter the
 * host.
 */
export function serviceProcesses(host: string): Map<string, number[]> {
  const slices = hierarchies().map((hierarchy) => `${groupOf(hierarchy, host)}/payload/system.slice`);
  const found = new Map<string, number[]>();
  for (const slice of slices.filter((folder) => existsSync(folder))) {
    for (const unit of readdirSync(slice).filter((name) => name.endsWith('.service'))) {
      try {
        const pids = treeOf(`${slice}/${unit}`).flatMap(processesIn).filter(Boolean);
        if (pids.length > 0) found.set(unit, pids);
      } catch {
        // It ended meanwhile.
      }
    }
  }
  return found;
}

/**
 * cgroup v1: unfreezes the host's groups. Runtimes freeze a container briefly to change its limits, and a frozen
 * process does not even receive SIGKILL.
 */
export function thaw(host: string): void {
  const states = hierarchies()
    .flatMap((hierarchy) => treeOf(groupOf(hierarchy, host)))
    .map((group) => `${group}/freezer.state`)
    .filter((file) => existsSync(file));
  for (const file of states) {
    try {
      writeFileSync(file, 'THAWED');
    } catch {
      // Its group was removed meanwhile.
    }
  }
}

/** Kills all remaining processes of the host's groups and removes the groups. */
export async function removeCgroups(host: string): Promise<void> {
  const groups = () => hierarchies().flatMap((hierarchy) => treeOf(groupOf(hierarchy, host)));
  const left = new Set(groups().flatMap(processesIn));
  // 0 is a process of another PID namespace; it ends with that namespace.
  left.delete(0);
  await Promise.all([...left].map((pid) => endProcess(pid, 'SIGKILL', () => thaw(host))));
  for (let attempt = 0; attempt < 100 && groups().length > 0; attempt++) {
    for (const group of groups()) {
      try {
        rmdirSync(group);
      } catch {
        // A process that was just killed still counts for a moment.
      }
    }
    if (groups().length > 0) await sleep(20);
  }
}

/** Removes the lab's own group unless a host still has one below it. */
export function removeLabCgroup(): void {
  for (const { mountPoint } of hierarchies()) {
    try {
      rmdirSync(`${mountPoint}/${labName}`);
    } catch {
      // Never made, or still in use.
    }
  }
}
