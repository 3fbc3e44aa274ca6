import { z } from 'zod';
import { hostName } from '../protocol/text.ts';
import { defaultPreparation } from './defaults.ts';
import * as patterns from './patterns.ts';

/**
 * The resolved plan: every default applied, every shorthand spelled out. Agents validate what a coordinator sends with it, as strictly as
 * cluster.yaml is validated. What an operator may write in cluster.yaml, and how it becomes this, is in parse.ts.
 */

const url = z.string().regex(patterns.url);
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
  /** IPv4, as the other hosts reach it. */
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
  /** The signing key: where the agent fetches it, or the armoured key itself (a file beside the plan is read by the coordinator). */
  key: z.union([
    z.object({ url, sha256: sha256.optional() }),
    z.object({ armoured: z.string().regex(patterns.armouredKey) }),
  ]),
});
export type PackageSource = z.infer<typeof packageSourceSchema>;

export const runtimeSchema = z.object({
  name: z.enum(['docker', 'containerd']),
  /** The distribution's package, docker.io or containerd unless the plan says otherwise. */
  package: z.string().regex(patterns.packageName),
  /** Registry host -> mirror URLs, tried in order. docker knows mirrors for docker.io only. */
  registryMirrors: z.record(registry, z.array(url)),
  /** Registries (host[:port]) that speak plain HTTP. */
  insecureRegistries: z.array(registry),
});
export type Runtime = z.infer<typeof runtimeSchema>;

/** Settings that are passed through to kubeadm's configuration, merged over what muster writes. */
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
  /** The control plane's agent downloads `url`; `text` is a file that stood beside the plan. */
  manifest: z.union([z.object({ url }), z.object({ text: z.string() })]),
});
export type NetworkPlugin = z.infer<typeof networkPluginSchema>;

/** What is done to a host besides what Kubernetes itself insists on. */
export const preparationSchema = z.object({
  /** `open`: an active firewall lets through what the cluster needs; `off`: it is switched off; `keep`: it is left as it is. */
  firewall: z.enum(['open', 'off', 'keep']),
  /** `contexts`: SELinux stays enforcing, and the folders that containers write get the labels for it. */
  selinux: z.enum(['permissive', 'contexts', 'keep']),
  /** Through which the runtime and the kubelet reach what is outside; null: directly. */
  proxy: z
    .object({
      http: url.nullable(),
      https: url.nullable(),
      noProxy: z.array(z.string().regex(patterns.noProxyEntry)),
    })
    .nullable(),
  /** How large the journal may grow on the disk, such as 1G; null: as the host has it. */
  journalMaxUse: z.string().regex(patterns.journalSize).nullable(),
  /** Whether what has changed on a host that was as planned is put right, or told alone. */
  driftCorrection: z.enum(['correct', 'report']),
});
export type Preparation = z.infer<typeof preparationSchema>;

export const clusterSettingsSchema = z.object({
  name: hostName,
  kubernetes: z.object({
    /** Such as 1.23.0, without a `v`. */
    version: z.string().regex(patterns.kubernetesVersion),
    /** A package revision such as 1.23.0-00 when the plan pins one; null: the newest revision of `version`. */
    packageVersion: z.string().regex(patterns.packageVersion).nullable(),
    imageRepository: z.string().regex(patterns.imageRepository),
    packages: packageSourceSchema,
    components: componentsSchema,
  }),
  /** A DNS name that muster keeps in /etc/hosts, or one that the site resolves; never a host's own address by default. */
  endpoint: z.object({ host: dnsName, port, managed: z.boolean() }),
  runtime: runtimeSchema,
  network: z.object({
    podSubnet: subnet,
    serviceSubnet: subnet,
    dnsDomain: dnsName,
    plugin: networkPluginSchema,
  }),
  /** A coordinator before 0.2 sends none. */
  preparation: preparationSchema.default({ ...defaultPreparation }),
  hosts: z.array(z.object({ name: hostName, address: z.ipv4(), role: roleSchema })),
  /** Checks that stop no host here, by id. `reason` is shown wherever the finding is. */
  preflight: z
    .object({
      lower: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/), z.object({ to: z.literal('warning'), reason: line })),
    })
    .prefault({ lower: {} }),
});
export type ClusterSettings = z.infer<typeof clusterSettingsSchema>;

/** A plan with all its defaults. */
export const planSchema = z.object({
  settings: clusterSettingsSchema,
  hosts: z.array(plannedHostSchema),
  /** When the only control plane was reset and etcd's data is gone: create the cluster anew by itself, or ask an operator (`muster recover`). */
  recovery: z.enum(['auto', 'ask']),
  /** Where agents reach the coordinator: by default the first control plane, port 7443. */
  coordinator: z.object({ address: dnsName, port }),
  backup: z.object({
    /** Milliseconds between two; null: none are made. */
    everyMs: z.number().nullable(),
    /** How many are kept. */
    keep: z.number().int(),
    /** Hosts that keep an encrypted copy of the newest ones. */
    copies: z.array(hostName),
  }),
  /** Whether agents follow the coordinator's version. */
  agentUpdates: z.enum(['auto', 'off']),
});
export type Plan = z.infer<typeof planSchema>;
