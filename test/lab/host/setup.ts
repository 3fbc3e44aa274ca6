import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { labPaths } from '../layout.ts';
import { defaultSystem, type System } from '../systems.ts';

/** What a host is like before muster: a new disk is made so. */
export interface Setup {
  system: System;
  /** Debian 13 only: offers the container runtimes of Debian unstable, too. */
  newestRuntime: boolean;
  firewall: 'ufw' | 'firewalld' | null;
  networkManager: boolean;
  /** Has files that tutorials, installers and clouds leave behind. */
  dirty: boolean;
}

export const plainSetup: Setup = {
  system: defaultSystem,
  newestRuntime: false,
  firewall: null,
  networkManager: false,
  dirty: false,
};

const setupFile = (name: string) => `${labPaths.hosts}/${name}.json`;
const furnishedFile = (name: string) => `${labPaths.hosts}/${name}.furnished`;

/** The setup that the host's next disk gets. */
export function setupOf(name: string): Setup {
  try {
    return { ...plainSetup, ...JSON.parse(readFileSync(setupFile(name), 'utf8')) };
  } catch {
    return plainSetup;
  }
}

export function keepSetup(name: string, setup: Setup): void {
  mkdirSync(labPaths.hosts, { recursive: true });
  writeFileSync(setupFile(name), `${JSON.stringify(setup)}\n`);
}

export const isSetup = (name: string, setup: Setup) => isDeepStrictEqual(setupOf(name), setup);

/** Whether the host's disk has all that its setup says; a disk that is removed takes this with it. */
export const isFurnished = (name: string) => existsSync(furnishedFile(name));
export const markFurnished = (name: string) => writeFileSync(furnishedFile(name), '');
export const unmarkFurnished = (name: string) => rmSync(furnishedFile(name), { force: true });
