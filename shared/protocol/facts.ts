import { z } from 'zod';
import { hostText, instant, sha256Hex } from './text.ts';

const short = hostText(256);
const list = <T extends z.ZodType>(item: T, max = 64) => z.array(item).max(max);

export const addressFact = z.object({ interface: short, address: short, mac: short, family: z.enum(['ipv4', 'ipv6']) });

/** `builtin`: compiled into the kernel, so there is nothing to load; `unknown`: it could not be found out. */
export const moduleState = z.enum(['loaded', 'builtin', 'available', 'missing', 'unknown']);

export const runtimeFact = z.object({
  name: z.enum(['docker', 'containerd']),
  /** null: not installed. */
  version: short.nullable(),
  active: z.boolean(),
  /** null: could not be found out, as when it is not running. */
  cgroupDriver: z.enum(['systemd', 'cgroupfs']).nullable(),
});

/** What the agent observed on its host: never a judgement. null means "could not look" or "not there", as noted. */
export const factsSchema = z.object({
  hostname: short,
  os: z.object({ id: short, versionId: short, prettyName: short }),
  kernel: short,
  /** As Node names it: x64, arm64 … */
  arch: short,
  virtualization: short.nullable(),
  root: z.boolean(),
  /** The command name of PID 1. */
  init: short,
  cpuCount: z.number().int().positive().nullable(),
  memoryBytes: z.number().nonnegative().nullable(),
  /** The file systems that hold /, /var/lib and /etc, without repetition. */
  disks: list(z.object({ mount: short, sizeBytes: z.number(), freeBytes: z.number() })),
  swap: z.object({ devices: list(short), fstab: list(short) }),
  modules: z.record(short, moduleState),
  /** The effective value of each key that muster cares for; null where the key does not exist. */
  sysctls: z.record(short, short.nullable()),
  addresses: list(addressFact, 256),
  machineId: short.nullable(),
  productUuid: short.nullable(),
  bootId: short,
  cgroup: z.object({ version: z.enum(['1', '2', 'hybrid', 'unknown']), controllers: list(short) }),
  /** TCP ports that something listens on, of those that Kubernetes needs. */
  ports: list(z.object({ port: z.number().int(), process: short.nullable() })),
  /** Paths of an earlier cluster that exist (files) or are not empty (folders). */
  leftovers: list(short),
  runtimes: list(runtimeFact),
  /** Installed version by package name; null where it is not installed. */
  packages: z.record(short, short.nullable()),
  /** What the host's name resolves to here; empty when it does not. */
  hostnameAddresses: list(short),
  /** The cluster that kubeadm init finished on this host: `held`, `lost` (its CA, the CA's key and etcd's data are gone), or there was `none`. */
  createdCluster: z.enum(['none', 'held', 'lost']).optional(),
});
export type Facts = z.infer<typeof factsSchema>;

/** What a host's own kubelet credential shows of its Node object. */
export const nodeFactsSchema = z.object({
  name: short,
  ready: z.boolean(),
  /** The Ready condition's reason and message, for a Node that is not ready. */
  reason: hostText(1024),
  kubeletVersion: short,
  runtimeVersion: short,
  labels: z.record(hostText(512), short),
  taints: list(z.object({ key: hostText(512), value: short.optional(), effect: short })),
});
export type NodeFacts = z.infer<typeof nodeFactsSchema>;

/** The cluster as a control plane's agent knows it. */
export const clusterFactsSchema = z.object({
  /** The cluster's CA certificate, PEM; public. */
  caPem: z.string().max(16_384),
  /** SHA-256 of the CA certificate's DER: the cluster's identity. */
  caSha256: sha256Hex,
  /** The API server answers and bootstrap tokens are no longer approved by kubeadm's own rule. */
  joinable: z.boolean(),
  /** Every Node, also those outside the plan. */
  nodes: list(z.object({ name: short, ready: z.boolean(), version: short }), 5000),
  observedAt: instant,
});
export type ClusterFacts = z.infer<typeof clusterFactsSchema>;
