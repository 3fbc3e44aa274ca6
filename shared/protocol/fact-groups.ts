import { z } from 'zod';
import { boundedRecord } from './bounded-record.ts';
import { flag, maybe, maybeList, number, short } from './fact-fields.ts';
import { hostText } from './text.ts';

/**
 * Facts by topic. null: could not be determined, or not reported by an older agent; an empty list was determined to be
 * empty. All fields have defaults, so that agents of other versions are accepted.
 */

export const machineFactsSchema = z.object({
  /** Container technology, such as `systemd-nspawn` or `lxc`; '': not a container. */
  container: maybe(short),
  /** Architecture in the package manager's spelling: amd64, arm64, i386 … */
  packageArchitecture: maybe(short),
  /** Available memory in bytes, rounded down to 64 MiB so that it does not change with every look. */
  memoryAvailableBytes: number,
  /** Year of the clock, UTC. */
  year: number,
  /** Whether the running time daemon reports a synchronised clock; null if it keeps no record. */
  timeSynchronised: flag,
  rebootRequired: flag,
  /** Whether /dev/kmsg exists. */
  kernelLog: flag,
  entropyBits: number,
  /** Namespaces in /proc/self/ns. */
  namespaces: maybeList(short),
  /** Kernel build options (y, m or n), limited to those that muster checks. */
  kernelConfig: maybe(boundedRecord(short, z.enum(['y', 'm', 'n']), 256)),
  seccomp: flag,
  appArmor: flag,
  seLinux: maybe(z.enum(['enforcing', 'permissive', 'off'])),
  /** systemd units by name: whether they run, and their file state, such as enabled or masked; '': no such unit. */
  units: maybe(boundedRecord(short, z.object({ active: z.boolean(), state: short }), 256)),
  /** systemd units that would enable swap at the next boot (from partition types or zram generators). */
  swapUnits: maybeList(short),
  /** Settings in files read after muster's that give a required kernel parameter another value at boot. */
  sysctlFiles: maybeList(z.object({ path: short, key: short, value: short })),
  cloudInit: maybe(z.object({ running: z.boolean(), writesHostsFile: z.boolean() })),
  /** Kernel modules that muster needs and that a file of modprobe replaces by a command that does nothing. */
  disabledModules: maybeList(z.object({ name: short, path: short })),
});

export const storageFactsSchema = z.object({
  /** The file systems that hold /, /var/lib and /etc, without duplicates. */
  mounts: maybeList(z.object({ mount: short, type: short, options: z.array(short).max(64) })),
  /** Inodes of the file system that holds /var/lib; `all` 0: no fixed number. */
  inodes: maybe(z.object({ free: z.number(), all: z.number() })),
  /** Median time of a small synced write, in ms. */
  syncMs: number,
  /** Files that muster has to change, or their folders, that cannot be changed. null: no assignment. */
  lockedFiles: maybeList(
    z.object({
      path: short,
      lock: z.enum(['immutable', 'append-only', 'read-only', 'directory', 'no-directory']),
    }),
    32,
  ),
});

/** In characters: each host takes about 25. */
const longestNoProxy = 32_768;

export const networkFactsSchema = z.object({
  nameservers: maybeList(short),
  /** Search domains that pods inherit. */
  searchDomains: maybeList(short),
  /** systemd-resolved's file with the real nameservers exists. */
  resolvedFile: flag,
  /** The file with the nameservers behind a stub on this host; '': none, or no stub. */
  upstreamFile: maybe(short),
  upstreamNameservers: maybeList(short, 16),
  /** Whether the plan's kubeletConfiguration.resolvConf exists; null: the plan names none. */
  plannedResolvConf: flag,
  /** Routers of this host's IPv4 routes. */
  gateways: maybeList(short, 16),
  localhostInHostsFile: flag,
  /** IPv4 routes except default routes; destinations as CIDR. */
  routes: maybeList(z.object({ destination: short, interface: short }), 256),
  defaultInterfaces: maybeList(short),
  interfaces: maybeList(z.object({ name: short, mtu: z.number() }), 256),
  ufwEnabled: flag,
  /** Files that set a proxy, with its exceptions. The proxy's URL is left out, as it may contain a password. */
  proxies: maybeList(z.object({ path: short, noProxy: hostText(longestNoProxy) }), 16),
  /** NetworkManager is configured to ignore the network plugins' interfaces. */
  unmanagedInterfaces: flag,
  /** Tables in use by legacy iptables, which the nft variant does not see. */
  legacyTables: maybeList(short),
});

/** Lines of a file, from 1. */
const sourceEntry = z.object({ path: short, first: z.number().int(), last: z.number().int() });

export const softwareFactsSchema = z.object({
  /** Required and recommended programs, and whether they exist. */
  programs: maybe(boundedRecord(short, z.boolean(), 256)),
  /** The system's CA bundle exists. */
  caBundle: flag,
  /** The program that holds the package manager's lock; '': none. */
  packageLock: maybe(short),
  /** A package installation was interrupted. */
  packagesInterrupted: flag,
  /** Packages that are not completely installed. */
  brokenPackages: maybeList(short),
  /** Entries of source files, except muster's own, that name a Kubernetes repository. */
  otherEntries: maybeList(sourceEntry),
  /** Entries, except muster's own, that the package manager cannot use. */
  brokenSources: maybeList(sourceEntry.extend({ reason: short })),
  /** Existing sockets of container runtimes. */
  sockets: maybeList(short),
  /** containerd's config.toml; null: none. */
  containerd: maybe(
    z.object({
      criDisabled: z.boolean(),
      sandboxImage: short.nullable(),
      /** Of the file; null: it sets nothing that depends on it. */
      version: number,
      /** The socket that it sets. */
      socket: maybe(short),
      /** Both a folder of registries and mirrors, which containerd refuses. */
      twoRegistryStyles: z.boolean().default(false),
      /** A default runtime that is not defined. */
      missingRuntime: maybe(short),
      /** Imported files that change what muster sets. */
      overruledBy: z.array(short).max(16).default([]),
      /** Imported files with a section of the CRI plugin, which containerd 1 takes in place of config.toml's. */
      replacedBy: z.array(short).max(16).default([]),
      /** Imported files that do not exist; containerd does not start with one from 1.5 on. */
      missingImports: z.array(short).max(16).default([]),
      /** Imported files that cannot be parsed; no containerd starts with one. */
      invalidImports: z.array(short).max(16).default([]),
      /** The file that containerd's unit names in place of /etc/containerd/config.toml. */
      otherFile: maybe(short),
      /** Why it cannot be parsed; null: it can. */
      invalid: maybe(short),
    }),
  ),
  /** The tag of the sandbox image that kubeadm lists; null: kubeadm is not installed in the planned version. */
  pauseTag: maybe(z.string().regex(/^\w[\w.-]{0,127}$/)),
  dockerConfigValid: flag,
  dockerDaemon: maybe(
    z.object({
      /** Top-level keys of daemon.json. */
      keys: z.array(short).max(128),
      /** Sockets in its key `hosts`. */
      hosts: z.array(short).max(16),
      /** Flags in docker's unit and the files it reads, named as in daemon.json. */
      flags: z.array(z.object({ key: short, path: short })).max(64),
      /** null: not set. */
      logDriver: short.nullable().default(null),
      /** Options of the log driver, and whether their values are strings, as docker requires. */
      logOptions: boundedRecord(short, z.boolean(), 64).default({}),
      /** Why dockerd refuses daemon.json; null: it does not, or cannot tell. */
      rejected: short.nullable(),
    }),
  ),
  dockerStorageDriver: maybe(short),
  dockerSnap: flag,
  /** Other installed Kubernetes distributions: k3s, rke2, microk8s, k0s. */
  distributions: maybeList(short),
  /** Configuration files in /etc/cni/net.d. */
  cniFiles: maybeList(short),
  /** The runtime of this host's Node; `none`: the host is not a node. */
  nodeRuntime: maybe(z.enum(['docker', 'containerd', 'none'])),
  /** Command-line flags that the site gives to the kubelet; '': without value. */
  kubeletFlags: maybeList(z.object({ name: short, value: short, path: short })),
  /** Mount points below /var/lib/kubelet. */
  kubeletMounts: maybeList(short, 256),
});

/** Result of a network probe. `unknown`: no conclusive answer within the time limit. */
export const attemptSchema = z.object({
  result: z.enum(['ok', 'refused', 'no-such-name', 'untrusted', 'plain-http', 'missing', 'failed', 'unknown']),
  /** The probed target: a URL or name:port. */
  target: short,
  /** The error message or HTTP status. */
  detail: short,
  ms: z.number().int().nonnegative(),
});

/** Probed only before this host is a node. */
const signedSchema = z.object({
  /** The planned key signed it. */
  isKnown: z.boolean(),
  /** When that key ends, such as 2026-12-29, and how many days that is from now, negative if past; null: never. */
  expires: maybe(z.object({ day: short, inDays: z.number().int() })),
  /** Why this host's package manager will refuse the signature. */
  refusal: maybe(z.object({ weakness: z.enum(['v3', 'sha1', 'sha1-key']), since: short })),
});

export const reachFactsSchema = z.object({
  /** How the planned sources are signed, by purpose: kubernetes, runtime. One whose signature cannot be read is absent. */
  signed: maybe(boundedRecord(short, signedSchema, 16)),
  packageSource: maybe(attemptSchema),
  signingKey: maybe(attemptSchema),
  /** kubeadm versions of the planned minor version in the package source, newest first. */
  offeredVersions: maybeList(short),
  /** The archive of cri-dockerd; null: not needed, or docker's version is not known yet. */
  criDockerd: maybe(attemptSchema),
  /** The planned source of the runtime's packages; null: the host's own sources. */
  runtimeSource: maybe(attemptSchema),
  /**
   * Versions of the runtime's package and of cri-tools that the planned sources offer, by name; the one that would be
   * installed comes first. A package whose index could not be read is absent.
   */
  offers: maybe(boundedRecord(short, z.array(short).max(64), 32)),
  registry: maybe(attemptSchema),
  pauseImage: maybe(attemptSchema),
  mirrors: maybeList(attemptSchema),
  pluginManifest: maybe(attemptSchema),
  /** Each nameserver; `failed`: it answers that it cannot or does not want to resolve. */
  nameservers: maybeList(attemptSchema, 8),
  /** Hosts outside the cluster that the plan needs, and their addresses; empty: the name does not resolve. */
  upstreams: maybeList(z.object({ name: short, addresses: z.array(short).max(16) }), 32),
  apiServer: maybe(attemptSchema),
  endpointName: maybe(attemptSchema),
});

/** A probed port of another planned host. `closed`: connection refused; `silent`: no answer. */
export const peerFactSchema = z.object({
  host: short,
  port: z.number().int(),
  state: z.enum(['open', 'closed', 'silent', 'no-route']),
});

export const balancerFactsSchema = z.object({
  /** Whether something listens at the load balancer's address and the endpoint's port; `held`: it is this host's. */
  answer: z.enum(['held', ...peerFactSchema.shape.state.options]),
  /** The site's keepalived has a configuration. */
  siteConfig: z.boolean(),
  /** The machine's manufacturer and asset tag (DMI), which name the cloud. */
  vendor: maybe(short),
  assetTag: maybe(short),
});
