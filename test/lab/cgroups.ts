import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { labName } from './layout.ts';
import { endProcess } from './processes.ts';

/**
 * One cgroup per host, entered before the host's systemd starts: otherwise all hosts would share one /kubepods.
 * cgroup v1 (also hybrid) has a hierarchy per controller, and the host gets a group in each; cgroup v2 has one.
 */

export interface Hierarchy {
  /** Such as /sys/fs/cgroup/memory, or /sys/fs/cgroup for a machine that has cgroup v2 only. */
  mountPoint: string;
  type: 'cgroup' | 'cgroup2';
}

/** Reads the cgroup hierarchies out of /proc/PID/mountinfo. */
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

/** A new cpuset is empty and takes no process before it has been given processors and memory nodes. */
function fillCpuset(group: string, parent: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(`${group}/${file}`)) writeFileSync(`${group}/${file}`, readFileSync(`${parent}/${file}`));
  }
}

/** Hands all controllers of a cgroup v2 group on to the groups below it; one that can't be is left out. */
function handOn(group: string): void {
  for (const controller of readFileSync(`${group}/cgroup.controllers`, 'utf8').trim().split(' ').filter(Boolean)) {
    try {
      writeFileSync(`${group}/cgroup.subtree_control`, `+${controller}`);
    } catch {
      // cpu can't be handed on while realtime processes are about, for one.
    }
  }
}

/** Makes the host's groups and moves the process (all its threads) into them. What it starts from then on stays there. */
export function enterCgroups(host: string, pid: number): void {
  for (const hierarchy of hierarchies()) {
    const { mountPoint, type } = hierarchy;
    const lab = `${mountPoint}/${labName}`;
    const group = groupOf(hierarchy, host);
    // v2: systemd-nspawn itself makes `payload` and `supervisor` below the host's group and hands the controllers on to them.
    if (type === 'cgroup2') handOn(mountPoint);
    mkdirSync(lab, { recursive: true });
    if (type === 'cgroup2') handOn(lab);
    else fillCpuset(lab, mountPoint);
    mkdirSync(group, { recursive: true });
    if (type === 'cgroup') fillCpuset(group, lab);
    writeFileSync(`${group}/cgroup.procs`, String(pid));
  }
}

/** All groups below and including one, the deepest first; empty: there is none, or not any more. */
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

/** The services of a host that have a process now, by unit name with the machine's own process ids: at once, and without asking the host. */
export function serviceProcesses(host: string): Map<string, number[]> {
  const slices = hierarchies().map((hierarchy) => `${groupOf(hierarchy, host)}/payload/system.slice`);
  const found = new Map<string, number[]>();
  for (const slice of slices.filter((folder) => existsSync(folder))) {
    for (const unit of readdirSync(slice).filter((name) => name.endsWith('.service'))) {
      try {
        const pids = treeOf(`${slice}/${unit}`).flatMap(processesIn).filter(Boolean);
        if (pids.length > 0) found.set(unit, pids);
      } catch {
        // It has ended while it was looked at.
      }
    }
  }
  return found;
}

/** cgroup v1: what a runtime has frozen, as it does for a moment while it changes a container's limits, takes no signal, not even the last. */
export function thaw(host: string): void {
  const states = hierarchies()
    .flatMap((hierarchy) => treeOf(groupOf(hierarchy, host)))
    .map((group) => `${group}/freezer.state`)
    .filter((file) => existsSync(file));
  for (const file of states) {
    try {
      writeFileSync(file, 'THAWED');
    } catch {
      // Its group has gone meanwhile.
    }
  }
}

/** Kills whatever is left in the host's groups and removes them. */
export async function removeCgroups(host: string): Promise<void> {
  const groups = () => hierarchies().flatMap((hierarchy) => treeOf(groupOf(hierarchy, host)));
  const left = new Set(groups().flatMap(processesIn));
  // 0 stands for a process of another process namespace: it ends with that namespace.
  left.delete(0);
  await Promise.all([...left].map((pid) => endProcess(pid, 'SIGKILL', () => thaw(host))));
  for (let attempt = 0; attempt < 100 && groups().length > 0; attempt++) {
    for (const group of groups()) {
      try {
        rmdirSync(group);
      } catch {
        // A process that has just been killed still counts for a moment.
      }
    }
    if (groups().length > 0) await sleep(20);
  }
}

/** Removes the lab's own group once no host has one below it. */
export function removeLabCgroup(): void {
  for (const { mountPoint } of hierarchies()) {
    try {
      rmdirSync(`${mountPoint}/${labName}`);
    } catch {
      // Never made, or still in use.
    }
  }
}
