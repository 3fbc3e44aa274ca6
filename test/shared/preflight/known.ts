import type { Known } from '../../../shared/preflight/check.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Level } from '../../../shared/protocol/finding.ts';
import { controlPlane, sampleAssignment, sampleFacts } from '../../agent/samples.ts';

export const gib = 1024 ** 3;
export const worker = sampleAssignment();
export const master = controlPlane();

/** A worker's assignment with other cluster settings. */
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

/** A plan with docker. */
export const withDocker = planned({
  settings: { runtime: { ...worker.settings.runtime, name: 'docker', package: 'docker.io' } },
});

/** A plan with one setting of the kubelet or of kube-proxy. */
export const withComponent = (
  section: 'kubeletConfiguration' | 'kubeProxyConfiguration',
  settings: Record<string, unknown>,
): Assignment =>
  planned({ kubernetes: { components: { ...worker.settings.kubernetes.components, [section]: settings } } });

export const withPlugin = (kind: 'calico' | 'flannel', title: string): Assignment =>
  planned({
    settings: { network: { ...worker.settings.network, plugin: { title, kind, manifest: { url: 'https://x/' } } } },
  });

const good = sampleFacts();
type GroupName = 'machine' | 'storage' | 'network' | 'software';

/** One group of the good host's facts with these changes. */
export const having = <G extends GroupName>(group: G, changes: Partial<Facts[G]>): Partial<Facts> => ({
  [group]: { ...good[group], ...changes },
});

export const reaching = (changes: Partial<NonNullable<Facts['reach']>>): Partial<Facts> => ({
  reach: good.reach === null ? null : { ...good.reach, ...changes },
});

/** The input of a check: a good host with these changes. */
export function known(facts: Partial<Facts> = {}, assignment: Assignment | null = worker, owns = false): Known {
  return { facts: sampleFacts(facts), assignment, role: assignment?.host.role ?? null, owns };
}

interface More {
  /** Default: a worker's. */
  assignment?: Assignment | null;
  owns?: boolean;
  /** Whether a step of muster fixes it. Default: no. */
  mends?: boolean;
  /** Part of the observed value, in English. */
  seen?: string;
}

/** The result of a check for a good host with these changes. */
export type Case = [check: string, when: string, facts: Partial<Facts>, level: Level, more?: More];
