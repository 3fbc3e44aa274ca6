import type { SourcePurpose } from '../packages/format.ts';
import { agentPaths } from '../paths.ts';
import type { PackageSource, Runtime, Taint } from '../plan/schema.ts';
import type { PackageManager } from '../systems.ts';
import type { LocalText } from '../text/local-text.ts';
import type { RegistryStyle } from './content/containerd.ts';
import type { CriDockerd } from './content/cri-dockerd.ts';
import type { Openings } from './content/firewall.ts';
import type { WantedPackage } from './content/packages.ts';

/** Conditions of changes that can only be evaluated on the host. */
export type Condition =
  | 'selinux'
  | 'network-manager'
  | 'network-manager-running'
  | 'node'
  | 'not-node'
  /** The unit of the proxy to the API servers exists. */
  | 'api-proxy'
  /** The host is not a Node, and that unit does not exist. */
  | 'before-api-proxy'
  /** The unit of muster's keepalived exists. */
  | 'keepalived';

/** A change to a file that keeps its other content. */
export type Edit =
  | { type: 'hosts-block'; block: string; name: string }
  | { type: 'comment-out-swap' }
  | { type: 'selinux-permissive' }
  | { type: 'selinux-contexts'; folders: readonly string[]; label: string }
  | { type: 'merge-json'; value: Record<string, unknown> }
  /** `content`: the file where there is none. `registries`: endpoints by registry. */
  | {
      type: 'containerd-config';
      content: string;
      sandboxImage: string;
      registryStyle: RegistryStyle;
      registries: Record<string, string[]>;
    }
  /** A registry's hosts.toml. */
  | { type: 'registry-hosts'; content: string }
  | { type: 'variables'; variables: Record<string, string> }
  /** Sets arguments of a static pod's program; the kubelet restarts it. Nothing is done without the file. */
  | { type: 'pod-arguments'; program: string; arguments: Record<string, string> };

/** An object by its path in the API, or all bootstrap tokens that muster did not mint for a host. */
export type ClusterObject = { kind: string; name: string; path: string } | { kind: 'foreign-tokens' };

interface Kinds {
  /** `content` null: the file is removed. Mode 0644 by default. */
  file: { path: string; mode?: number; when?: Condition; note?: LocalText } & (
    | { content: string | null }
    | { edit: Edit }
  );
  /** A command run on every apply of the step, after the preceding changes. `argv[0]` is the program. */
  command: { argv: readonly [string, ...string[]]; when?: Condition };
  'host-name': { name: string };
  /** Disables enabled units that turn swap on at boot. */
  'swap-units': { state: 'disabled' };
  swap: { state: 'off' };
  module: { name: string };
  /** `atLeast`: limits that are set only if the host's are lower. */
  sysctls: { path: string; values: Record<string, string>; atLeast: Record<string, number> };
  selinux: { mode: 'permissive' };
  'selinux-labels': { folders: readonly string[]; label: string };
  /** Applies to a firewall that starts at boot; a disabled one stays disabled. */
  firewall: { state: 'off' } | { state: 'open'; openings: Openings; podSubnet: string };
  /** Enables the first installed unit, unless one is enabled already. */
  'time-daemon': { units: readonly string[] };
  /** `maxUse` null: muster's limit is removed. */
  'journal-limit': { path: string; maxUse: string | null };
  /** Marks a running service before its configuration changes; the step `runtime` restarts it. */
  'restart-later': { unit: string; when?: Condition };
  /** Removes muster's hosts.toml files, and its hosts from the site's, for all other registries. */
  'other-registries': { folder: string; keep: readonly string[] };
  'package-source': { manager: PackageManager; purpose: SourcePurpose; source: PackageSource; arch: string };
  packages: { manager: PackageManager; install: readonly WantedPackage[]; hold: readonly string[] };
  /** `sha256` null: not verified. */
  'cri-dockerd': CriDockerd;
  /** `start` `needed`: only if the host is a Node. `restart`: if its configuration has changed; `reload` is enough. */
  unit: { name: string; start: 'always' | 'needed'; restart: boolean | 'reload' };
  /** Stops and disables a service that muster wrote. */
  'unit-gone': { name: string; when: Condition };
  /** Stops and disables a package's service, if muster installed the package and `config` does not match `inUse`. */
  'idle-unit': { name: string; package: string; config: string; inUse: string };
  /** Makes a Node's kubelet and kube-proxy connect to the endpoint's present address. */
  'endpoint-users': { endpoint: string; criSocket: string; when: Condition };
  /** `more`: further images, known only to kubeadm and the plugin's manifest. */
  images: { runtime: Runtime['name']; named: readonly string[]; more: LocalText | null };
  /** Removes leftovers of an earlier node that would make kubeadm fail. */
  'leftovers-removed': { criSocket: string };
  /** Drops packets to these addresses until the node is Ready. */
  'service-packets': { range: string };
  /** `documents` contain placeholders for secrets; see `placeholders`. */
  kubeadm: { verb: 'init' | 'join'; flags: readonly string[]; documents: readonly Record<string, unknown>[] };
  copy: { from: string; path: string; mode: number };
  /** Adds names and arguments of the API server to the configuration that kubeadm keeps in the cluster. */
  'cluster-configuration': { names: readonly string[]; arguments: readonly string[] };
  /** Issues the API server's certificate again if it lacks one of these names. */
  'serving-certificate': { names: readonly string[] };
  /** Deletes objects from the cluster. */
  'cluster-objects': { remove: readonly ClusterObject[] };
  manifest: { title: string; url: string | null };
  /** Set by the control plane's agent. */
  'node-properties': { labels: Record<string, string>; taints: readonly Taint[] };
  /** `isLate`: the kubelet reads a new network configuration late and is restarted. */
  'node-ready': { name: string; isLate: boolean };
  /** A coordinator beside those of the other control planes, with their keys. */
  coordinator: { unit: string; state: string; plan: string };
  /** The coordinators' namespace and Role, and a client certificate for it. */
  'coordinator-access': {
    host: string;
    objects: readonly string[];
    path: string;
    unit: string;
    user: string;
  };
}

export type ChangeKind = keyof Kinds;

/** One change by a step, as a value: `plan show` prints it; the agent executes it and records the prior state. */
export type Change<K extends ChangeKind = ChangeKind> = { [P in K]: { kind: P } & Kinds[P] }[K];

/** Placeholders, in printed configurations, for values that are created at run time. */
export const placeholders = {
  ownToken: '(made for this run)',
  joinToken: '(minted for this host)',
  caPin: '(the hash of the cluster’s CA)',
  certificateKey: '(made for this join)',
} as const;

/** Path of kubeadm's configuration during a run; on tmpfs, because it contains a secret. */
export const kubeadmFile = (verb: 'init' | 'join') => `${agentPaths.volatile}/kubeadm-${verb}.yaml`;

/** kubeadm's command-line arguments. */
export const kubeadmArguments = ({ verb, flags }: Change<'kubeadm'>): [string, ...string[]] => [
  verb,
  '--config',
  kubeadmFile(verb),
  ...flags,
];
