import { z } from 'zod';
import { hostName } from '../protocol/text.ts';
import * as patterns from './patterns.ts';
import type { RequiredCode } from './problems/required.ts';

/**
 * Schema of cluster.yaml. Messages are problem codes (problems/required.ts); for unknown keys, the message lists the
 * known ones, which shape.ts turns into a suggestion.
 */

const mapping = <Shape extends z.ZodRawShape>(code: RequiredCode, shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : code),
  });

const or = (error: RequiredCode) => ({ error });
const anyText = (code: RequiredCode) => z.string(or(code)).min(1, or(code));
const text = (pattern: RegExp, code: RequiredCode) => z.string(or(code)).regex(pattern, or(code));
const list = <Item extends z.ZodType>(item: Item, code: RequiredCode) => z.array(item, or(code));
const words = <const Words extends readonly string[]>(all: Words, code: RequiredCode) => z.enum(all, or(code));

const name = z.string(or('name-invalid')).refine((value) => hostName.safeParse(value).success, or('name-invalid'));
const port = z.int(or('port-invalid')).min(1, or('port-invalid')).max(65_535, or('port-invalid'));

const key = z.union(
  [
    text(patterns.url, 'package-key-invalid'),
    mapping('package-key-invalid', {
      url: text(patterns.url, 'key-url-invalid').optional(),
      sha256: text(patterns.sha256, 'key-sha256-invalid').optional(),
      file: anyText('key-file-invalid').optional(),
    }),
  ],
  or('package-key-invalid'),
);

const packages = z.union(
  [
    words(['public', 'aliyun'], 'package-source-invalid'),
    mapping('package-source-invalid', {
      url: text(patterns.url, 'package-url-invalid'),
      suite: text(patterns.repositoryWord, 'package-suite-invalid'),
      components: list(
        text(patterns.repositoryWord, 'package-component-invalid'),
        'package-components-invalid',
      ).optional(),
      key,
    }),
  ],
  or('package-source-invalid'),
);

const endpoint = z.union(
  [
    text(/^[^\s:]+(:\d{1,5})?$/, 'endpoint-invalid'),
    mapping('endpoint-invalid', {
      host: text(patterns.dnsName, 'endpoint-host-invalid'),
      port: port.optional(),
      managed: z.boolean(or('endpoint-managed-invalid')).optional(),
    }),
  ],
  or('endpoint-invalid'),
);

const passedThrough = z.record(z.string(), z.unknown(), or('component-invalid')).optional();
const kubernetes = mapping('kubernetes-invalid', {
  version: text(/^v?1\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-\d+(\.\d+)?)?$/, 'kubernetes-version-invalid'),
  imageRepository: text(patterns.imageRepository, 'image-repository-invalid').optional(),
  packages: packages.optional(),
  controlPlaneEndpoint: endpoint.optional(),
  components: mapping('components-invalid', {
    initConfiguration: passedThrough,
    clusterConfiguration: passedThrough,
    joinConfiguration: passedThrough,
    kubeletConfiguration: passedThrough,
    kubeProxyConfiguration: passedThrough,
  }).optional(),
});

const runtimePackages = z.union(
  [
    words(['distribution', 'docker', 'aliyun'], 'runtime-source-invalid'),
    mapping('runtime-source-invalid', {
      url: text(patterns.url, 'runtime-url-invalid'),
      suite: text(patterns.repositoryWord, 'package-suite-invalid').optional(),
      components: list(
        text(patterns.repositoryWord, 'package-component-invalid'),
        'package-components-invalid',
      ).optional(),
      key: key.optional(),
    }),
  ],
  or('runtime-source-invalid'),
);

const mirrors = list(text(patterns.url, 'mirror-url-invalid'), 'mirror-list-invalid');
const runtime = z.union(
  [
    words(['docker', 'containerd'], 'runtime-name-invalid'),
    mapping('runtime-invalid', {
      name: words(['docker', 'containerd'], 'runtime-name-invalid'),
      package: text(patterns.packageName, 'runtime-package-invalid').optional(),
      version: text(/^(?!.*\.x$)\d[\w.+:~-]{0,127}$/, 'runtime-version-invalid').optional(),
      packages: runtimePackages.optional(),
      criDockerd: mapping('cri-dockerd-invalid', {
        version: text(/^v?\d{1,4}(\.\d{1,4}){2}$/, 'cri-dockerd-version-invalid').optional(),
        mirror: text(patterns.url, 'cri-dockerd-url-invalid').optional(),
        url: text(patterns.url, 'cri-dockerd-url-invalid').optional(),
        file: text(patterns.fileBeside, 'cri-dockerd-file-invalid').optional(),
        sha256: text(patterns.sha256, 'cri-dockerd-sha256-invalid').optional(),
      }).optional(),
      registryMirrors: z
        .union([mirrors, z.record(z.string(), mirrors, or('mirrors-invalid'))], or('mirrors-invalid'))
        .optional(),
      insecureRegistries: list(text(patterns.registry, 'registry-invalid'), 'insecure-registries-invalid').optional(),
    }),
  ],
  or('runtime-invalid'),
);

const subnet = z.string(or('subnet-invalid')).optional();
const release = text(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, 'plugin-release-invalid').optional();
const network = mapping('network-invalid', {
  podSubnet: subnet,
  serviceSubnet: subnet,
  dnsDomain: text(patterns.dnsName, 'dns-domain-invalid').optional(),
  plugin: mapping('plugin-invalid', {
    calico: release,
    flannel: release,
    manifest: anyText('manifest-invalid').optional(),
    sha256: text(patterns.sha256, 'key-sha256-invalid').optional(),
    mirror: text(patterns.url, 'plugin-mirror-invalid').optional(),
  }),
});

const taint = z.union(
  [
    z.string(or('taint-invalid')),
    mapping('taint-invalid', {
      key: z.string(or('taint-key-invalid')),
      value: z.string(or('string-invalid')).optional(),
      effect: words(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], 'taint-effect-invalid'),
    }),
  ],
  or('taint-invalid'),
);
const host = mapping('host-invalid', {
  name,
  address: z.ipv4(or('ipv4-invalid')),
  role: words(['control-plane', 'worker'], 'role-invalid'),
  labels: z.record(z.string(), z.string(or('string-invalid')), or('labels-invalid')).optional(),
  taints: list(taint, 'taints-invalid').optional(),
});

const loadBalancer = z.union(
  [
    words(['none'], 'load-balancer-invalid'),
    mapping('load-balancer-invalid', {
      keepalived: mapping('keepalived-invalid', {
        address: z.ipv4(or('ipv4-invalid')),
        interface: text(patterns.networkInterface, 'interface-invalid').optional(),
        routerId: z
          .int(or('router-id-invalid'))
          .min(1, or('router-id-invalid'))
          .max(255, or('router-id-invalid'))
          .optional(),
      }).optional(),
      external: mapping('external-invalid', {
        address: text(patterns.dnsName, 'load-balancer-address-invalid'),
      }).optional(),
    }),
  ],
  or('load-balancer-invalid'),
);

const hostFile = text(patterns.hostFile, 'host-file-invalid');
const etcd = z.union(
  [
    words(['stacked'], 'etcd-invalid'),
    mapping('etcd-invalid', {
      external: mapping('etcd-external-invalid', {
        endpoints: list(text(patterns.etcdEndpoint, 'etcd-endpoint-invalid'), 'etcd-endpoints-invalid')
          .min(1, or('etcd-endpoints-invalid'))
          .max(16, or('etcd-endpoints-invalid')),
        caFile: hostFile,
        certFile: hostFile,
        keyFile: hostFile,
      }),
    }),
  ],
  or('etcd-invalid'),
);

const lowered = mapping('lower-invalid', {
  to: z.literal('warning', or('lower-to-invalid')).optional(),
  reason: z.string(or('lower-reason-invalid')),
});
const preflight = mapping('preflight-invalid', {
  lower: z.record(z.string(), lowered, or('lower-invalid')).optional(),
});

const proxy = mapping('proxy-invalid', {
  http: text(patterns.proxyUrl, 'proxy-url-invalid').optional(),
  https: text(patterns.proxyUrl, 'proxy-url-invalid').optional(),
  noProxy: list(text(patterns.noProxyEntry, 'no-proxy-entry-invalid'), 'no-proxy-invalid').optional(),
});

const preparation = {
  firewall: words(['open', 'off', 'keep'], 'firewall-invalid').optional(),
  selinux: words(['permissive', 'contexts', 'keep'], 'selinux-invalid').optional(),
  proxy: proxy.optional(),
  journalMaxUse: text(/^([1-9]\d*[MG]|keep)$/, 'journal-size-invalid').optional(),
  driftCorrection: words(['correct', 'report'], 'drift-correction-invalid').optional(),
};

const backup = mapping('backup-invalid', {
  every: text(/^(never|[1-9]\d{0,3}[mhd])$/, 'backup-every-invalid').optional(),
  keep: z
    .int(or('backup-keep-invalid'))
    .min(1, or('backup-keep-invalid'))
    .max(1000, or('backup-keep-invalid'))
    .optional(),
  copies: list(name, 'backup-copies-invalid').optional(),
});

export const writtenPlanSchema = mapping('plan-mapping-invalid', {
  cluster: name,
  kubernetes,
  runtime: runtime.optional(),
  network,
  loadBalancer: loadBalancer.optional(),
  etcd: etcd.optional(),
  recovery: words(['auto', 'ask'], 'recovery-invalid').optional(),
  ...preparation,
  coordinator: mapping('coordinator-invalid', {
    address: text(patterns.dnsName, 'coordinator-address-invalid').optional(),
    port: port.optional(),
  }).optional(),
  preflight: preflight.optional(),
  backup: backup.optional(),
  agentUpdates: words(['auto', 'off'], 'agent-updates-invalid').optional(),
  hosts: list(host, 'hosts-invalid').min(1, or('hosts-invalid')),
});
export type WrittenPlan = z.infer<typeof writtenPlanSchema>;

/**
 * A written plan without its invalid parts. Lists keep their indexes and mappings their keys, with undefined values:
 * `key in mapping` distinguishes an invalid value from an absent one.
 */
export type Partly<T> = T extends readonly (infer Item)[]
  ? (Partly<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;
export type PartialPlan = Partly<WrittenPlan>;
