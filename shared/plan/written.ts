import { z } from 'zod';
import { hostName } from '../protocol/text.ts';
import * as patterns from './patterns.ts';

/**
 * What an operator may write in cluster.yaml. Each message says what is needed; for a mapping's unknown keys it is the list of the
 * known ones, which shape-problems.ts turns into a suggestion.
 */

const mapping = <Shape extends z.ZodRawShape>(needed: string, shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : needed),
  });

const text = (pattern: RegExp, needed: string) => z.string({ error: needed }).regex(pattern, { error: needed });
const list = <Item extends z.ZodType>(item: Item, needed: string) => z.array(item, { error: needed });

const url = (what: string) => text(patterns.url, `${what} is needed, starting with https:// or http://`);
const registry = text(patterns.registry, 'a registry is needed as host or host:port, without http://');

const nameNeeded = 'a name is needed: lower-case letters, digits and hyphens, at most 63 characters (RFC 1123)';
const name = z
  .string({ error: nameNeeded })
  .refine((value) => hostName.safeParse(value).success, { error: nameNeeded });
const ipv4 = z.ipv4({ error: 'an IPv4 address is needed' });
const portNeeded = 'a port is needed, from 1 to 65535';
const port = z.int({ error: portNeeded }).min(1, { error: portNeeded }).max(65_535, { error: portNeeded });

const keyNeeded = 'the signing key is needed: its URL, {url, sha256} or {file: path beside the plan}';
const key = z.union(
  [
    url(keyNeeded),
    mapping(keyNeeded, {
      url: url('the key’s URL').optional(),
      sha256: text(patterns.sha256, 'the key file’s SHA-256 is needed, as 64 lower-case hexadecimal digits').optional(),
      file: z.string({ error: 'the path of a key file beside the plan is needed' }).min(1).optional(),
    }),
  ],
  { error: keyNeeded },
);

const sourceNeeded = 'public, aliyun or {url, suite, components, key} is needed';
const repositoryWord = (what: string) => text(patterns.repositoryWord, `${what} is needed`);
const packages = z.union(
  [
    z.enum(['public', 'aliyun'], { error: sourceNeeded }),
    mapping(sourceNeeded, {
      url: url('the repository’s URL'),
      suite: repositoryWord('a suite such as kubernetes-xenial, or / for a flat repository,'),
      components: list(repositoryWord('a component such as main'), 'a list of components is needed').optional(),
      key,
    }),
  ],
  { error: sourceNeeded },
);

const endpointNeeded = 'a name for the control plane is needed: name, name:port or {host, port, managed}';
const endpoint = z.union(
  [
    text(/^[^\s:]+(:\d{1,5})?$/, endpointNeeded),
    mapping(endpointNeeded, {
      host: text(patterns.dnsName, 'a DNS name or an IPv4 address is needed'),
      port: port.optional(),
      managed: z
        .boolean({ error: 'true (muster keeps it in /etc/hosts) or false (your DNS has it) is needed' })
        .optional(),
    }),
  ],
  { error: endpointNeeded },
);

const passedThrough = z
  .record(z.string(), z.unknown(), { error: 'a mapping of kubeadm’s own fields is needed' })
  .optional();
const kubernetes = mapping('a mapping with at least `version` is needed', {
  version: text(
    /^v?1\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-\d+(\.\d+)?)?$/,
    'a Kubernetes version is needed, such as 1.23.0 or, with the package’s revision, 1.23.0-00',
  ),
  imageRepository: text(
    patterns.imageRepository,
    'an image repository is needed without https://, such as registry.aliyuncs.com/google_containers',
  ).optional(),
  packages: packages.optional(),
  controlPlaneEndpoint: endpoint.optional(),
  components: mapping('a mapping of component settings is needed', {
    initConfiguration: passedThrough,
    clusterConfiguration: passedThrough,
    joinConfiguration: passedThrough,
    kubeletConfiguration: passedThrough,
    kubeProxyConfiguration: passedThrough,
  }).optional(),
});

const runtimeName = z.enum(['docker', 'containerd'], { error: 'docker or containerd is needed' });
const mirrors = list(url('a mirror’s URL'), 'a list of mirror URLs is needed');
const mirrorsNeeded = 'a list of mirrors for docker.io, or a mapping of registry to list, is needed';
const runtimeNeeded = 'docker, containerd or {name, package, registryMirrors, insecureRegistries} is needed';
const runtime = z.union(
  [
    runtimeName,
    mapping(runtimeNeeded, {
      name: runtimeName,
      package: text(patterns.packageName, 'the name of a Debian package is needed').optional(),
      registryMirrors: z
        .union([mirrors, z.record(z.string(), mirrors, { error: mirrorsNeeded })], { error: mirrorsNeeded })
        .optional(),
      insecureRegistries: list(registry, 'a list of registries is needed').optional(),
    }),
  ],
  { error: runtimeNeeded },
);

const subnet = z.string({ error: 'an IPv4 subnet is needed, such as 10.244.0.0/16' });
const release = (example: string) =>
  text(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, `a release is needed, such as ${example}`).optional();
const pluginNeeded =
  'one of {calico: v3.24.1}, {flannel: v0.25.1} or {manifest: URL or file beside the plan} is needed';
const network = mapping('a mapping with at least `plugin` is needed', {
  podSubnet: subnet.optional(),
  serviceSubnet: subnet.optional(),
  dnsDomain: text(patterns.dnsName, 'a DNS domain is needed, such as cluster.local').optional(),
  plugin: mapping(pluginNeeded, {
    calico: release('v3.24.1'),
    flannel: release('v0.25.1'),
    manifest: z.string({ error: 'a URL or a file beside the plan is needed' }).min(1).optional(),
  }),
});

const taintNeeded = 'a taint is needed: key=value:Effect or key:Effect';
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
const host = mapping('a mapping with name, address and role is needed', {
  name,
  address: ipv4,
  role: z.enum(['control-plane', 'worker'], { error: 'control-plane or worker is needed' }),
  labels: z
    .record(z.string(), z.string({ error: 'text is needed: put the value in quotes' }), {
      error: 'a mapping of labels is needed, such as {disk: ssd}',
    })
    .optional(),
  taints: list(
    z.union(
      [
        z.string({ error: taintNeeded }),
        mapping(taintNeeded, {
          key: z.string({ error: 'the taint’s key is needed' }),
          value: z.string({ error: 'text is needed: put the value in quotes' }).optional(),
          effect: z.enum(effects, { error: `one of ${effects.join(', ')} is needed` }),
        }),
      ],
      { error: taintNeeded },
    ),
    'a list of taints is needed',
  ).optional(),
});

const lowerNeeded =
  'check ids with what they become and why are needed, such as {cpu-count: {to: warning, reason: lab hosts}}';
const preflight = mapping('a mapping with lower is needed', {
  lower: z
    .record(
      z.string(),
      mapping(lowerNeeded, {
        to: z.literal('warning', { error: 'warning is needed: an error can be lowered to nothing else' }).optional(),
        reason: z.string({ error: 'the reason is needed: it is shown with the finding' }),
      }),
      { error: lowerNeeded },
    )
    .optional(),
});

const proxyNeeded = 'a mapping with http, https or both, and noProxy where it is needed, is needed';
const proxy = mapping(proxyNeeded, {
  http: url('the proxy’s URL').optional(),
  https: url('the proxy’s URL, as https or http,').optional(),
  noProxy: list(
    text(patterns.noProxyEntry, 'an address, a subnet or a domain is needed'),
    'a list of what is reached without the proxy is needed',
  ).optional(),
});

const preparation = {
  firewall: z.enum(['open', 'off', 'keep'], { error: 'open, off or keep is needed' }).optional(),
  selinux: z.enum(['permissive', 'contexts', 'keep'], { error: 'permissive, contexts or keep is needed' }).optional(),
  proxy: proxy.optional(),
  journalMaxUse: text(/^([1-9]\d*[MG]|keep)$/, 'a size such as 500M or 2G, or keep, is needed').optional(),
  driftCorrection: z.enum(['correct', 'report'], { error: 'correct or report is needed' }).optional(),
};

const backup = mapping('a mapping with every, keep or copies is needed', {
  every: text(/^(never|[1-9]\d{0,3}[mhd])$/, 'a time is needed, such as 6h or 1d; or never').optional(),
  keep: z
    .int({ error: 'how many backups are kept is needed, from 1 to 1000' })
    .min(1, { error: 'at least 1 is needed' })
    .max(1000, { error: '1000 at the most' })
    .optional(),
  copies: list(name, 'a list of hosts that keep copies is needed').optional(),
});

export const writtenPlanSchema = mapping('a mapping with cluster, kubernetes, network and hosts is needed', {
  cluster: name,
  kubernetes,
  runtime: runtime.optional(),
  network,
  recovery: z
    .enum(['auto', 'ask'], {
      error: 'auto (a lost cluster is created anew by itself) or ask (it waits for muster recover) is needed',
    })
    .optional(),
  ...preparation,
  coordinator: mapping('a mapping with address, port or both is needed', {
    address: text(patterns.dnsName, 'an IPv4 address or a DNS name is needed').optional(),
    port: port.optional(),
  }).optional(),
  preflight: preflight.optional(),
  backup: backup.optional(),
  agentUpdates: z.enum(['auto', 'off'], { error: 'auto or off is needed' }).optional(),
  hosts: list(host, 'a list of hosts is needed').min(1, { error: 'at least one host is needed' }),
});
export type WrittenPlan = z.infer<typeof writtenPlanSchema>;

/**
 * What is left of a written plan when everything that has the wrong shape is taken out. Lists keep their indexes and mappings their
 * keys, with undefined in the place: `key in mapping` tells what was written wrongly from what was not written.
 */
export type Partly<T> = T extends readonly (infer Item)[]
  ? (Partly<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;
export type PartialPlan = Partly<WrittenPlan>;
