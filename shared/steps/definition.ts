import type { Assignment } from '../protocol/assignment.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Change } from './change.ts';
import type { RegistryStyle } from './content/containerd.ts';

/** What the timeline colours steps by. The parts from `cluster` on make or complete a node; those before prepare the host. */
export const parts = ['prepare', 'packages', 'runtime', 'images', 'cluster', 'join', 'ready'] as const;
export type Part = (typeof parts)[number];

/** Everything that is known of a step without a host: all other code asks here instead of naming steps. */
export interface StepDefinition<Id extends string = string> {
  /** Stable: it stands in journals, reports and plans' output. */
  id: Id;
  title: LocalText;
  /** What a host does meanwhile, to follow "node02 is"; in Chinese without 正在. */
  activity: LocalText;
  /** Which hosts take it: all, the one that creates the cluster, or those that join it. */
  bootstrap: 'all' | 'init' | 'join';
  part: Part;
  /** Runs a program as the transient unit `muster-ID`, which outlives the agent. */
  long?: true;
  /** Creates this host's Kubernetes state. */
  makesNode?: true;
  /** It must have ended on the first control plane before another host joins. */
  opensJoin?: true;
  /** Installs or starts software, which `muster-agent preflight --fix` is not asked for. */
  installs?: true;
  /** What a wait of this step is for; absent: another host. `itself` is diagnosed when it lasts; `cluster`: there is none to join yet. */
  waitsFor?: 'itself' | 'cluster';
  /** All that it does to a host, in this order. */
  changes(assignment: Assignment, traits: HostTraits): Change[];
}

/** What of a host decides the content of its files. */
export interface HostTraits {
  /** Node's name for the architecture, such as x64. */
  arch: string;
  registryStyle: RegistryStyle;
}

/** Before a host has been seen: either architecture, and a containerd that is not older than 1.5. */
export const unknownHost: HostTraits = { arch: 'amd64|arm64', registryStyle: 'folder' };

export const defineStep = <const Id extends string>(step: StepDefinition<Id>): StepDefinition<Id> => step;

/** Whether the step makes or completes a node. */
export const isOfNode = ({ part }: StepDefinition): boolean => parts.indexOf(part) >= parts.indexOf('cluster');
