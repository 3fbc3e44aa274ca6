import { z } from 'zod';
import * as patterns from '../plan/patterns.ts';
import { etcdSchema, nodePortsSchema } from '../plan/schema.ts';
import { boundedRecord } from './bounded-record.ts';
import { clusterBackupFactsSchema, etcdFactsSchema, externalEtcdFactsSchema } from './etcd-facts.ts';
import {
  balancerFactsSchema,
  machineFactsSchema,
  networkFactsSchema,
  peerFactSchema,
  reachFactsSchema,
  softwareFactsSchema,
  storageFactsSchema,
} from './fact-groups.ts';
import { recoveryFactsSchema } from './recovery.ts';
import { hostName, hostText, instant, sha256Hex } from './text.ts';

const short = hostText(256);
/** Nodes that a report lists. */
export const mostNodes = 5000;

const list = <T extends z.ZodType>(item: T, max = 64) => z.array(item).max(max);

export const addressFact = z.object({ interface: short, address: short, mac: short, family: z.enum(['ipv4', 'ipv6']) });

/** `builtin`: compiled into the kernel, nothing to load; `unknown`: could not be determined. */
export const moduleState = z.enum(['loaded', 'builtin', 'available', 'missing', 'unknown']);

export const runtimeFact = z.object({
  name: z.enum(['docker', 'containerd']),
  /** null: not installed. */
  version: short.nullable(),
  active: z.boolean(),
  /** null: unknown, for example because the runtime is not running. */
  cgroupDriver: z.enum(['systemd', 'cgroupfs']).nullable(),
});

/** Observations of a host, without judgement. null means "could not be determined" or "does not exist", as noted. */
export const factsSchema = z.object({
  hostname: short,
  os: z.object({ id: short, versionId: short, prettyName: short }),
  kernel: short,
  /** Node's name: x64, arm64 … */
  arch: short,
  virtualization: short.nullable(),
  root: z.boolean(),
  /** Command name of PID 1. */
  init: short,
  cpuCount: z.number().int().positive().nullable(),
  memoryBytes: z.number().nonnegative().nullable(),
  /** The file systems that hold /, /var/lib and /etc, without duplicates. */
  disks: list(z.object({ mount: short, sizeBytes: z.number(), freeBytes: z.number() })),
  swap: z.object({ devices: list(short), fstab: list(short) }),
  modules: boundedRecord(short, moduleState, 256),
  /** Effective values of the keys that muster checks; null: no such key. */
  sysctls: boundedRecord(short, short.nullable(), 256),
  addresses: list(addressFact, 256),
  machineId: short.nullable(),
  productUuid: short.nullable(),
  bootId: short,
  cgroup: z.object({ version: z.enum(['1', '2', 'hybrid', 'unknown']), controllers: list(short) }),
  /** Ports that Kubernetes needs and that are in use. */
  ports: list(z.object({ port: z.number().int(), process: short.nullable() })),
  /** Leftovers of an earlier cluster: existing files and non-empty folders. */
  leftovers: list(short),
  runtimes: list(runtimeFact),
  /** Installed versions by package name; null: not installed. */
  packages: boundedRecord(short, short.nullable(), 256),
  /** Addresses that the host name resolves to on this host; empty: none. */
  hostnameAddresses: list(short),
  machine: machineFactsSchema.prefault({}),
  storage: storageFactsSchema.prefault({}),
  network: networkFactsSchema.prefault({}),
  software: softwareFactsSchema.prefault({}),
  /** null: not probed, for example because the host is already a node. */
  reach: reachFactsSchema.nullable().default(null),
  /** Probed ports of other hosts; a sample in a large cluster. null: not probed. */
  peers: list(peerFactSchema).nullable().default(null),
  /** The planned load balancer as this control plane sees it; null: none is planned. */
  balancer: balancerFactsSchema.nullable().default(null),
  /** etcd as this control plane sees it; null: this host has no member. */
  etcd: etcdFactsSchema.nullable().default(null),
  /** null: no external etcd is planned, or this host is a worker. */
  externalEtcd: externalEtcdFactsSchema.nullable().default(null),
  /** The newest order to restore etcd; null: none. */
  recovery: recoveryFactsSchema.nullable().default(null),
  /** Backups of the cluster on this control plane; null: it makes none. */
  clusterBackup: clusterBackupFactsSchema.nullable().default(null),
  /**
   * The cluster that this host holds as a control plane: `held`, `lost` (its CA, the CA's key and etcd's data are gone)
   * or `none`.
   */
  createdCluster: z.enum(['none', 'held', 'lost']).optional(),
});
export type Facts = z.infer<typeof factsSchema>;
export type ClusterBackupFacts = z.infer<typeof clusterBackupFactsSchema>;
export type ExternalEtcdFacts = z.infer<typeof externalEtcdFactsSchema>;
export type EtcdFacts = z.infer<typeof etcdFactsSchema>;

/** This host's Node, read with the kubelet's credential. */
export const nodeFactsSchema = z.object({
  name: short,
  ready: z.boolean(),
  /** Reason and message of the Ready condition; '' if Ready. */
  reason: hostText(1024),
  kubeletVersion: short,
  runtimeVersion: short,
  labels: boundedRecord(hostText(512), short, 512),
  taints: list(z.object({ key: hostText(512), value: short.optional(), effect: short })),
});
export type NodeFacts = z.infer<typeof nodeFactsSchema>;

/**
 * What kubeadm recorded of the cluster (ConfigMap kubeadm-config). Values that a plan could not contain are absent,
 * because they become part of other hosts' assignments.
 */
export const clusterConfigurationSchema = z
  .object({
    name: hostName,
    version: z.string().regex(patterns.kubernetesVersion),
    imageRepository: z.string().regex(patterns.imageRepository),
    endpoint: z.object({ host: z.string().regex(patterns.dnsName), port: z.number().int().min(1).max(65_535) }),
    podSubnet: z.string().regex(patterns.subnet),
    serviceSubnet: z.string().regex(patterns.subnet),
    dnsDomain: z.string().regex(patterns.dnsName),
    nodePorts: nodePortsSchema,
    etcd: etcdSchema,
  })
  .partial();
export type ClusterConfiguration = z.infer<typeof clusterConfigurationSchema>;

/** The cluster as seen by a control plane's agent. */
export const clusterFactsSchema = z.object({
  /** The cluster's CA certificate, PEM; not secret. */
  caPem: z.string().max(16_384),
  /** SHA-256 of the CA certificate's DER: the cluster's identity. */
  caSha256: sha256Hex,
  /** The API server answers, and kubeadm's automatic approval of bootstrap tokens is removed. */
  joinable: z.boolean(),
  /** All Nodes, including those outside the plan; the first ones if there are more than a report can list. */
  nodes: list(z.object({ name: short, ready: z.boolean(), version: short }), mostNodes),
  /** Number of Nodes that are not listed; absent: none. */
  unlistedNodes: z.number().int().positive().optional(),
  observedAt: instant,
  /** Absent: not readable, or an agent of an earlier release. */
  configuration: clusterConfigurationSchema.optional(),
});
export type ClusterFacts = z.infer<typeof clusterFactsSchema>;
