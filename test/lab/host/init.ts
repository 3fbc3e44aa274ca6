import { readFileSync } from 'node:fs';
import { LabError } from '../lab-error.ts';
import { hostNamed, type LabHost, labHosts, mostMasters } from '../layout.ts';
import { findProcess } from '../machine/processes.ts';

export const processOf = (name: string) => `host-${name}`;

/** The host of that name. Throws if the lab has none. */
export function knownHost(name: string): LabHost {
  const host = hostNamed(name);
  if (host !== undefined) return host;
  throw new LabError(
    'lab-unknown-host',
    `the lab has no host named ${name}: they are master01, master02 … node01, node02 …`,
  );
}

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
};

/** The control planes that are powered on, master01 first. */
export const runningMasters = (): string[] =>
  labHosts(mostMasters, mostMasters)
    .map(({ name }) => name)
    .filter((name) => initOf(name) !== null);

/** The host's process 1 as a process id of the machine; null while the host is off or starting. */
export function initOf(name: string): number | null {
  const nspawn = findProcess(processOf(name));
  if (nspawn === null) return null;
  const children = read(`/proc/${nspawn}/task/${nspawn}/children`).split(' ').filter(Boolean).map(Number);
  return children.find((pid) => read(`/proc/${pid}/comm`) === 'systemd') ?? null;
}
