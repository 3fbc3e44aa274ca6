import { agentPaths } from '../paths.ts';
import type { PackageSource, Runtime, Taint } from '../plan/schema.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Openings } from './content/firewall.ts';

/** What a change depends on where the plan alone does not tell. */
export type Condition = 'selinux' | 'network-manager' | 'network-manager-running' | 'node' | 'not-node';

/** A change of a file whose other content stays. */
export type Edit =
  | { type: 'hosts-block'; block: string; name: string }
  | { type: 'comment-out-swap' }
  | { type: 'selinux-permissive' }
  | { type: 'selinux-contexts'; folders: readonly string[]; label: string }
  | { type: 'merge-json'; value: Record<string, unknown> }
  | { type: 'variables'; variables: Record<string, string> };

interface Kinds {
  /** `content` null: the file is removed. Mode 0644 unless given; an edit keeps nothing else than it says. */
  file: { path: string; mode?: number; when?: Condition } & ({ content: string | null } | { edit: Edit });
  /** A program that is run each time the step is applied, after the changes before it. `argv[0]` is the program. */
  command: { argv: readonly [string, ...string[]]; when?: Condition };
  'host-name': { name: string };
  /** Enabled units that turn swap on at boot are disabled. */
  'swap-units': { state: 'disabled' };
  swap: { state: 'off' };
  module: { name: string };
  /** `atLeast`: limits that are set only where the host's are lower. */
  sysctls: { path: string; values: Record<string, string>; atLeast: Record<string, number> };
  selinux: { mode: 'permissive' };
  'selinux-labels': { folders: readonly string[]; label: string };
  /** Of a firewall that starts with the host; one that is off stays off. */
  firewall: { state: 'off' } | { state: 'open'; openings: Openings; podSubnet: string };
  /** The first of the units that is installed, where none of them is enabled. */
  'time-daemon': { units: readonly string[] };
  /** `maxUse` null: muster's own limit is removed. */
  'journal-limit': { path: string; maxUse: string | null };
  /** A running service is marked before its configuration is changed; the step `runtime` restarts it. */
  'restart-later': { unit: string; when?: Condition };
  /** hosts.toml files that muster wrote for registries other than these are removed. */
  'other-registries': { folder: string; keep: readonly string[] };
  'package-source': { source: PackageSource; arch: string };
  /** `version` null: whatever is offered; `1.30.2-*`: the newest revision. */
  packages: { install: readonly { name: string; version: string | null }[]; hold: readonly string[] };
  /** `start`: `needed`: where the host is a Node. `restart`: where it runs with another configuration. */
  unit: { name: string; start: 'always' | 'needed'; restart: boolean };
  /** `more`: images whose names only kubeadm and the plugin's manifest tell. */
  images: { runtime: Runtime['name']; named: readonly string[]; more: LocalText | null };
  /** What an earlier node has left on the host, which kubeadm would refuse to work beside. */
  'leftovers-removed': { criSocket: string };
  /** Packets to these addresses are dropped until the node is Ready. */
  'service-packets': { range: string };
  /** `documents` with placeholders for secrets; see `placeholders`. */
  kubeadm: { verb: 'init' | 'join'; flags: readonly string[]; documents: readonly Record<string, unknown>[] };
  copy: { from: string; path: string; mode: number };
  /** Objects that are deleted from the cluster. */
  'cluster-objects': { remove: readonly LocalText[] };
  manifest: { title: string; url: string | null };
  /** Set by the control plane's agent. */
  'node-properties': { labels: Record<string, string>; taints: readonly Taint[] };
  'node-ready': { name: string };
}

export type ChangeKind = keyof Kinds;

/** One thing that a step does to a host, as a value: `plan show` prints it, the agent executes it and records the state before. */
export type Change<K extends ChangeKind = ChangeKind> = { [P in K]: { kind: P } & Kinds[P] }[K];

/** What stands in a printed configuration in place of what is made only when it is needed. */
export const placeholders = {
  ownToken: '(made for this run)',
  joinToken: '(minted for this host)',
  caPin: '(the hash of the cluster’s CA)',
} as const;

/** Where the configuration of a run of kubeadm stands while it runs; a tmpfs, as there is a secret in it. */
export const kubeadmFile = (verb: 'init' | 'join') => `${agentPaths.volatile}/kubeadm-${verb}.yaml`;

/** What kubeadm is started with. */
export const kubeadmArguments = ({ verb, flags }: Change<'kubeadm'>): [string, ...string[]] => [
  verb,
  '--config',
  kubeadmFile(verb),
  ...flags,
];
