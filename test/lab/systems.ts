/**
 * The Debian releases that hosts can run, by their suites. Each has a root filesystem and a package mirror of its own.
 */
export const suites = {
  'debian-11': 'bullseye',
  'debian-12': 'bookworm',
  'debian-13': 'trixie',
} as const;

export type System = keyof typeof suites;

export const systems = Object.keys(suites) as System[];
export const defaultSystem: System = 'debian-12';
export const oldestSystem: System = 'debian-11';

/** Debian unstable, from which a Debian 13 host can install the newest container runtimes. */
export const unstable = 'sid';
