import type { Assignment } from '../protocol/assignment.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Change } from './change.ts';
import type { RegistryStyle } from './content/containerd.ts';

/**
 * Groups of steps, coloured in the timeline. Those from `cluster` on create or complete a node; earlier ones prepare
 * the host.
 */
export const parts = ['prepare', 'packages', 'runtime', 'images', 'cluster', 'join', 'ready'] as const;
export type Part = (typeof parts)[number];

/** All host-independent properties of a step, so that other code does not depend on step ids. */
export interface StepDefinition<Id extends string = string> {
  /** Stable: used in journals, reports and output. */
  id: Id;
  title: LocalText;
  /** What a host does during the step, following "node02 is"; in Chinese without 正在. */
  activity: LocalText;
  /** Which hosts run it: all, the one that creates the cluster, those that join, or all control planes. */
  bootstrap: 'all' | 'init' | 'join' | 'control-plane';
  part: Part;
  /** Ids of the steps that must be done before; those of another role do not count. Absent: none. */
  needs?: readonly string[];
  /** Runs a program as the transient unit `muster-ID`, which outlives the agent. */
  long?: true;
  /** Creates this host's Kubernetes state. */
  makesNode?: true;
  /** Must be done on the first control plane before other hosts can join. */
  opensJoin?: true;
  /** Installs or starts software, so `muster-agent preflight --fix` skips it. */
  installs?: true;
  /**
   * What the step waits for; absent: another host. `itself`: diagnosed if it takes too long; `cluster`: a cluster to
   * join.
   */
  waitsFor?: 'itself' | 'cluster';
  /** All changes to a host, in order. */
  changes(assignment: Assignment, traits: HostTraits): Change[];
}

/** Host properties that its files depend on. */
export interface HostTraits {
  /** Node's architecture name, such as x64. */
  arch: string;
  registryStyle: RegistryStyle;
  /** Names of the release in package repositories. */
  release: { id: string; codename: string };
  /** The runtime's package that is installed or would be; null: unknown. */
  runtimeVersion: string | null;
  /** The tag of kubeadm's sandbox image; null: unknown. */
  pauseTag: string | null;
  /** The file with the nameservers that pods get. */
  resolvConf: string;
  /** The network interface with the host's planned address. */
  interface: string;
}

/** Assumed before a host is known: either architecture, containerd 1.5 or later. */
export const unknownHost: HostTraits = {
  arch: 'amd64|arm64',
  registryStyle: 'folder',
  release: { id: '<ID>', codename: '<CODENAME>' },
  runtimeVersion: null,
  pauseTag: null,
  resolvConf: '/etc/resolv.conf|/run/systemd/resolve/resolv.conf',
  interface: '<INTERFACE>',
};

/** What a host needs before it becomes a node. */
export const beforeNode: readonly string[] = [
  ...['host-name', 'hosts-file', 'swap', 'kernel-modules', 'sysctls', 'selinux', 'firewall', 'network-manager'],
  ...['runtime', 'kubelet-enabled', 'api-proxy', 'images'],
];

export const defineStep = <const Id extends string>(step: StepDefinition<Id>): StepDefinition<Id> => step;

/** Whether the step creates or completes a node. */
export const isOfNode = ({ part }: StepDefinition): boolean => parts.indexOf(part) >= parts.indexOf('cluster');
