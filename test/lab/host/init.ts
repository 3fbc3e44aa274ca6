import { readFileSync } from 'node:fs';
import { LabError } from '../lab-error.ts';
import { hostNamed, type LabHost } from '../layout.ts';
import { findProcess } from '../processes.ts';

export const processOf = (name: string) => `host-${name}`;

/** The host of that name; throws where the lab knows no such name. */
export function knownHost(name: string): LabHost {
  const host = hostNamed(name);
  if (host !== undefined) return host;
  throw new LabError('lab-unknown-host', `the lab has no host named ${name}: they are master01, node01, node02 …`);
}

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
};

/** The process id, as the machine sees it, of the host's own process 1; null while the host is off or just starting. */
export function initOf(name: string): number | null {
  const nspawn = findProcess(processOf(name));
  if (nspawn === null) return null;
  const children = read(`/proc/${nspawn}/task/${nspawn}/children`).split(' ').filter(Boolean).map(Number);
  return children.find((pid) => read(`/proc/${pid}/comm`) === 'systemd') ?? null;
}
