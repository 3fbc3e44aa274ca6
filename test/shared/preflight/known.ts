import type { Known } from '../../../shared/preflight/check.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Level } from '../../../shared/protocol/finding.ts';
import { controlPlane, sampleAssignment, sampleFacts } from '../../agent/samples.ts';

export const gib = 1024 ** 3;
export const worker = sampleAssignment();
export const master = controlPlane();

/** A worker's assignment with other settings of the cluster. */
export function planned(changes: {
  version?: string;
  settings?: Partial<Assignment['settings']>;
  kubernetes?: Partial<Assignment['settings']['kubernetes']>;
}): Assignment {
  const { version, settings, kubernetes } = changes;
  const before = worker.settings.kubernetes;
  return {
    ...worker,
    settings: {
      ...worker.settings,
      ...settings,
      kubernetes: { ...before, ...kubernetes, version: version ?? before.version },
    },
  };
}

/** What a check judges: a good host with these changes. */
export function known(facts: Partial<Facts> = {}, assignment: Assignment | null = worker, owns = false): Known {
  return { facts: sampleFacts(facts), assignment, role: assignment?.host.role ?? null, owns };
}

export interface Case {
  check: string;
  /** What is so. */
  when: string;
  facts?: Partial<Facts>;
  /** Default: a worker's. */
  assignment?: Assignment | null;
  owns?: boolean;
  level: Level;
  /** Default: false where the level is ok. */
  mends?: boolean;
  /** Part of what is seen, in English. */
  seen?: string;
}
