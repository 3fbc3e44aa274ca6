import { z } from 'zod';
import { hostName } from '../protocol/text.ts';
import { defaultCriDockerd, defaultNodePorts, defaultPreparation } from './defaults.ts';
import * as patterns from './patterns.ts';

/**
 * The resolved plan, with all defaults applied and shorthands expanded. Agents validate the coordinator's data with it,
 * as strictly as cluster.yaml is validated. See parse.ts for the format of cluster.yaml.
 */

const url = z.string().regex(patterns.url);
const proxyUrl = z.string().regex(patterns.proxyUrl);
const dnsName = z.string().regex(patterns.dnsName);
const registry = z.string().regex(patterns.registry);
const sha256 = z.string().regex(patterns.sha256);
const subnet = z.string().regex(patterns.subnet);
const line = z.string().regex(patterns.line);
const labelKey = z.string().regex(patterns.labelKey);
const labelValue = z.string().regex(patterns.labelValue);
const port = z.number().int().min(1).max(65_535);

export const roleSchema = z.enum(['control-plane', 'worker']);
export type Role = z.infer<typeof roleSchema>;

export const taintSchema = z.object({
  key: labelKey,
  value: labelValue.optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});
export type Taint = z.infer<typeof taintSchema>;

export const plannedHostSchema = z.object({
  name: hostName,
  /** IPv4 address at which the other hosts reach this one. */
  address: z.ipv4(),
  role: roleSchema,
  labels: z.record(labelKey, labelValue),
  taints: z.array(taintSchema),
});
export type PlannedHost = z.infer<typeof plannedHostSchema>;

/** A repository of Kubernetes packages. */
export const packageSourceSchema = z.object({
  /** Such as https://pkgs.k8s.io/core:/stable:/v1.30/deb/ */
  url,
  /** Such as kubernetes-xenial, or `/` for a flat repository. */
  suite: z.string().regex(patterns.repositoryWord),
  /** Empty for a flat repository. */
  components: z.array(z.string().regex(patterns.repositoryWord)),
  /** The signing key: its URL, or the armoured key itself (the coordinator reads a key file beside the plan). */
  key: z.union([
    z.object({ url, sha256: sha256.optional() }),
    z.object({ armoured: z.string().regex(patterns.armouredKey) }),
  ]),
});
export type PackageSource = z.infer<typeof packageSourceSchema>;

/** A repository of the runtime's packages. */
export const runtimeSourceSchema = z.object({
  /** Such as https://download.docker.com */
  url,
  /** null: Docker's layout, with a repository for each distribution and release below `url`. */
  suite: z.string().regex(patterns.repositoryWord).nullable(),
  components: z.array(z.string().regex(patterns.repositoryWord)),
  /** null: the key that Docker's layout has in each repository. */
  key: packageSourceSchema.shape.key.nullable(),
});
export type RuntimeSource = z.infer<typeof runtimeSourceSchema>;

export const runtimeSchema = z.object({
  name: z.enum(['docker', 'containerd']),
  /** docker.io or containerd by default; docker-ce or containerd.io with `packages`. */
  package: z.string().regex(patterns.packageName),
  /** The version of the package, or its first numbers; null: the newest. Absent from coordinators of earlier releases. */
  version: z.string().regex(patterns.runtimeVersion).nullable().default(null),
  /** null: the host's own package sources. Absent from coordinators of earlier releases. */
  packages: runtimeSourceSchema.nullable().default(null),
  /** docker's CRI for Kubernetes 1.24 and newer. Absent from coordinators of earlier releases. */
  criDockerd: z
    .object({
      /** The archive of one release; null: chosen from `mirror` by docker's version. */
      url: url.nullable(),
      /** Has the releases as vVERSION/cri-dockerd-VERSION.ARCHITECTURE.tgz. */
      mirror: url,
      version: z.string().regex(patterns.criDockerdVersion).nullable(),
      sha256: sha256.nullable(),
      /** An archive beside the plan, which the coordinator serves to hosts; takes precedence. */
      file: z
        .object({ name: z.string().regex(patterns.fileBeside), sha256 })
        .nullable()
        .default(null),
    })
    .default({ ...defaultCriDockerd }),
  /** Registry host -> mirror URLs, tried in order. docker supports mirrors only for docker.io. */
  registryMirrors: z.record(registry, z.array(url)),
  /** Registries (host[:port]) that use plain HTTP. */
  insecureRegistries: z.array(registry),
});
export type Runtime = z.infer<typeof runtimeSchema>;

/** Settings passed through to kubeadm's configuration, merged over muster's. */
export const componentsSchema = z.object({
  initConfiguration: z.record(z.string(), z.unknown()),
  clusterConfiguration: z.record(z.string(), z.unknown()),
  joinConfiguration: z.record(z.string(), z.unknown()),
  kubeletConfiguration: z.record(z.string(), z.unknown()),
  kubeProxyConfiguration: z.record(z.string(), z.unknown()),
});

export const networkPluginSchema = z.object({
  /** Such as `Calico v3.24.1`. */
  title: line,
  kind: z.enum(['calico', 'flannel', 'manifest']),
  /** `url`: downloaded by the control plane's agent; `text`: content of a file beside the plan. */
  manifest: z.union([z.object({ url, sha256: sha256.optional() }), z.object({ text: z.string() })]),
});
export type NetworkPlugin = z.infer<typeof networkPluginSchema>;

/** The ports of NodePort Services, both inclusive. */
export const nodePortsSchema = z.object({ from: port, to: port }).refine(({ from, to }) => from <= to);

/** Host preparation beyond what Kubernetes requires. */
export const preparationSchema = z.object({
  /**
   * Treatment of an active firewall. `open`: allow the cluster's traffic; `off`: disable it; `keep`: leave it
   * unchanged.
   */
  firewall: z.enum(['open', 'off', 'keep']),
  /** `contexts`: SELinux stays enforcing, and folders used by containers are labelled. */
  selinux: z.enum(['permissive', 'contexts', 'keep']),
  /** Proxy for the runtime and the kubelet; null: direct access. */
  proxy: z
    .object({
      http: proxyUrl.nullable(),
      https: proxyUrl.nullable(),
      noProxy: z.array(z.string().regex(patterns.noProxyEntry)),
    })
    .nullable(),
  /** Size limit of the journal on disk, such as 1G; null: unchanged. */
  journalMaxUse: z.string().regex(patterns.journalSize).nullable(),
  /** Whether drift is corrected or only reported. */
  driftCorrection: z.enum(['correct', 'report']),
});
export type Preparation = z.infer<typeof preparationSchema>;

/** How programs and people outside the cluster reach the API servers. Hosts have a proxy of their own. */
export const loadBalancerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** A virtual address that moves between the control planes. */
  z.object({
    kind: z.literal('keepalived'),
    address: z.ipv4(),
    /** null: the interface with the host's planned address. */
    interface: z.string().regex(patterns.networkInterface).nullable(),
    /** VRRP's virtual_router_id, unique in the subnet. */
    routerId: z.number().int().min(1).max(255),
  }),
  /** The site's own: checked, not managed. */
  z.object({ kind: z.literal('external'), address: dnsName }),
]);
export type LoadBalancer = z.infer<typeof loadBalancerSchema>;

const hostFile = z.string().regex(patterns.hostFile);

/** Where the API servers keep the cluster's data. */
export const etcdSchema = z.discriminatedUnion('kind', [
  /** A member on each control plane, created by kubeadm. */
  z.object({ kind: z.literal('stacked') }),
  /** The site's own: used and checked, not managed. The files are on the control planes, never with the coordinator. */
  z.object({
    kind: z.literal('external'),
    /** Such as https://10.0.0.1:2379 */
    endpoints: z.array(z.string().regex(patterns.etcdEndpoint)).min(1).max(16),
    caFile: hostFile,
    certFile: hostFile,
    keyFile: hostFile,
  }),
]);
export type Etcd = z.infer<typeof etcdSchema>;
export type ExternalEtcd = Extract<Etcd, { kind: 'external' }>;

export const clusterSettingsSchema = z.object({
  name: hostName,
  kubernetes: z.object({
    /** Such as 1.23.0, without a `v`. */
    version: z.string().regex(patterns.kubernetesVersion),
    /** The pinned package revision, such as 1.23.0-00; null: the newest revision of `version`. */
    packageVersion: z.string().regex(patterns.packageVersion).nullable(),
    imageRepository: z.string().regex(patterns.imageRepository),
    packages: packageSourceSchema,
    components: componentsSchema,
  }),
  /**
   * A DNS name, kept in /etc/hosts by muster if `managed`, otherwise resolved by the site; never a host's own address
   * by default.
   */
  endpoint: z.object({ host: dnsName, port, managed: z.boolean() }),
  /** Absent from coordinators of earlier releases. */
  loadBalancer: loadBalancerSchema.default({ kind: 'none' }),
  /** Absent from coordinators of earlier releases. */
  etcd: etcdSchema.default({ kind: 'stacked' }),
  runtime: runtimeSchema,
  network: z.object({
    podSubnet: subnet,
    serviceSubnet: subnet,
    dnsDomain: dnsName,
    /** As `clusterConfiguration` says, which workers do not get. Absent from coordinators of earlier releases. */
    nodePorts: nodePortsSchema.default({ ...defaultNodePorts }),
    plugin: networkPluginSchema,
  }),
  /** Absent from coordinators of earlier releases. */
  preparation: preparationSchema.default({ ...defaultPreparation }),
  hosts: z.array(z.object({ name: hostName, address: z.ipv4(), role: roleSchema })),
  /** Checks lowered to warnings, by id. `reason` is shown with the finding. */
  preflight: z
    .object({
      lower: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/), z.object({ to: z.literal('warning'), reason: line })),
    })
    .prefault({ lower: {} }),
});
export type ClusterSettings = z.infer<typeof clusterSettingsSchema>;

/** A plan with all defaults applied. */
export const planSchema = z.object({
  settings: clusterSettingsSchema,
  hosts: z.array(plannedHostSchema),
  /**
   * Action when the only control plane was reset and etcd's data is gone: recreate the cluster automatically, or ask an
   * operator (`muster recover`).
   */
  recovery: z.enum(['auto', 'ask']),
  /** Address of the coordinator for agents; default: the first control plane, port 7443. */
  coordinator: z.object({ address: dnsName, port }),
  backup: z.object({
    /** Milliseconds between backups; null: no backups. */
    everyMs: z.number().nullable(),
    /** Number of backups kept. */
    keep: z.number().int(),
    /** Hosts that keep encrypted copies of the newest backups. */
    copies: z.array(hostName),
  }),
  /** Whether agents follow the coordinator's version. */
  agentUpdates: z.enum(['auto', 'off']),
});
export type Plan = z.infer<typeof planSchema>;
