import { z } from 'zod';
import { hostText } from './text.ts';

/**
 * Facts by topic. null: the agent could not look, or (an older agent) did not; a list that is empty was looked at. Everything has a default,
 * so that an agent of another version is understood.
 */

const short = hostText(256);
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
const maybeList = <T extends z.ZodType>(item: T, max = 64) => maybe(z.array(item).max(max));
const flag = maybe(z.boolean());
const number = maybe(z.number());

export const machineFactsSchema = z.object({
  /** What this machine is a container of, such as `systemd-nspawn` or `lxc`; empty: it is none. */
  container: maybe(short),
  /** As the package manager names the host's: amd64, arm64, i386 … */
  packageArchitecture: maybe(short),
  /** What new programs could get, rounded down to 64 MiB, so that it is not news at every look. */
  memoryAvailableBytes: number,
  /** The year that the clock shows, UTC. */
  year: number,
  /** A time daemon that keeps a record of it says that the clock is right. */
  timeSynchronised: flag,
  rebootRequired: flag,
  /** /dev/kmsg is there. */
  kernelLog: flag,
  entropyBits: number,
  /** Namespaces that the kernel has, as /proc/self/ns lists them. */
  namespaces: maybeList(short),
  /** Options of the kernel's build: y, m or n. Only those that muster asks for. */
  kernelConfig: maybe(z.record(short, z.enum(['y', 'm', 'n']))),
  seccomp: flag,
  appArmor: flag,
  seLinux: maybe(z.enum(['enforcing', 'permissive', 'off'])),
  /** systemd units that muster asks for: whether they run, and their unit file's state, such as enabled or masked; '': no such unit. */
  units: maybe(z.record(short, z.object({ active: z.boolean(), state: short }))),
  /** systemd units that would turn swap on at the next boot (a partition's type, a zram generator). */
  swapUnits: maybeList(short),
  /** Files that set a kernel parameter which muster needs to another value at boot, after muster's own file. */
  sysctlFiles: maybeList(z.object({ path: short, key: short, value: short })),
  cloudInit: maybe(z.object({ running: z.boolean(), writesHostsFile: z.boolean() })),
});

export const storageFactsSchema = z.object({
  /** The file systems that hold /, /var/lib and /etc, without repetition. */
  mounts: maybeList(z.object({ mount: short, type: short, options: z.array(short).max(64) })),
  /** Of the file system that holds /var/lib; 0 in all: it has no fixed number. */
  inodes: maybe(z.object({ free: z.number(), all: z.number() })),
  /** How long a write of the agent takes to reach the disk, in ms: the median of a few. */
  syncMs: number,
});

export const networkFactsSchema = z.object({
  nameservers: maybeList(short),
  /** systemd-resolved keeps the real nameservers in a file of its own. */
  resolvedFile: flag,
  localhostInHostsFile: flag,
  /** The IPv4 routes that are not by the default gateway: where to, as CIDR. */
  routes: maybeList(z.object({ destination: short, interface: short }), 256),
  defaultInterfaces: maybeList(short),
  interfaces: maybeList(z.object({ name: short, mtu: z.number() }), 256),
  ufwEnabled: flag,
  /** What programs of this host are told of proxies: the file, whether it names a proxy, and its exceptions. The proxy itself may hold a password. */
  proxies: maybeList(z.object({ path: short, noProxy: hostText(1024) })),
  /** NetworkManager is told to leave the network plugins' interfaces alone. */
  unmanagedInterfaces: flag,
  /** Tables that the older iptables has filled; the newer one does not see them. */
  legacyTables: maybeList(short),
});

export const softwareFactsSchema = z.object({
  /** Programs that are needed or wanted: whether they are found. */
  programs: maybe(z.record(short, z.boolean())),
  /** Certificate authorities that programs of this host trust are installed. */
  caBundle: flag,
  /** The program that holds the package manager's lock; empty: none. */
  packageLock: maybe(short),
  /** An installation was cut short. */
  packagesInterrupted: flag,
  /** Packages that are half installed or half configured. */
  brokenPackages: maybeList(short),
  /** Files that name a repository of Kubernetes and are not muster's own. */
  otherSources: maybeList(short),
  /** Sockets of container runtimes that are there. */
  sockets: maybeList(short),
  containerd: maybe(z.object({ criDisabled: z.boolean(), sandboxImage: short.nullable() })),
  dockerConfigValid: flag,
  dockerStorageDriver: maybe(short),
  dockerSnap: flag,
  /** Other Kubernetes distributions that are installed: k3s, rke2, microk8s, k0s. */
  distributions: maybeList(short),
  /** Files in /etc/cni/net.d. */
  cniFiles: maybeList(short),
  /** The runtime that this host's Node was made with; `none`: it is no Node. */
  nodeRuntime: maybe(z.enum(['docker', 'containerd', 'none'])),
  /** What is mounted below /var/lib/kubelet. */
  kubeletMounts: maybeList(short, 256),
});

/** What came of an attempt to reach something over the network. `unknown`: no answer that says anything within the time there was. */
export const attemptSchema = z.object({
  result: z.enum(['ok', 'refused', 'no-such-name', 'untrusted', 'plain-http', 'missing', 'failed', 'unknown']),
  /** What was asked, such as a URL or name:port. */
  target: short,
  /** The program's own words, or an HTTP status. */
  detail: short,
  ms: z.number().int().nonnegative(),
});

/** Looked at only where it matters: before this host is a node. */
export const reachFactsSchema = z.object({
  packageSource: maybe(attemptSchema),
  signingKey: maybe(attemptSchema),
  /** kubeadm versions that the package source offers of the planned minor version, newest first. */
  offeredVersions: maybeList(short),
  registry: maybe(attemptSchema),
  pauseImage: maybe(attemptSchema),
  mirrors: maybeList(attemptSchema),
  pluginManifest: maybe(attemptSchema),
  apiServer: maybe(attemptSchema),
  endpointName: maybe(attemptSchema),
});

/** A port of another planned host, as tried from this one. `closed`: it was answered that nothing listens; `silent`: not answered at all. */
export const peerFactSchema = z.object({
  host: short,
  port: z.number().int(),
  state: z.enum(['open', 'closed', 'silent', 'no-route']),
});
