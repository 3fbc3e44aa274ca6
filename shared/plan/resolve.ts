import { defaultPort } from '../paths.ts';
import { withoutControls } from '../protocol/text.ts';
import {
  defaultBackup,
  defaultCriDockerd,
  defaultNetwork,
  defaultNodePorts,
  defaultPreparation,
  defaultRegistry,
  defaultRuntimePackage,
} from './defaults.ts';
import { readDuration } from './duration.ts';
import { readEndpoint } from './endpoint.ts';
import { readEtcd } from './etcd.ts';
import { type ReadFile, sha256Of } from './files.ts';
import { defaultImageRepository, readVersion } from './kubernetes-version.ts';
import { readLoadBalancer } from './load-balancer.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodePorts } from './node-ports.ts';
import { packageSource, runtimeSource } from './packages.ts';
import type { Plan, Preparation, Runtime } from './schema.ts';
import { readTaint } from './taints.ts';
import type { WrittenPlan } from './written.ts';

/** Applies all defaults and expands all shorthands of a valid plan. */
export function resolve(written: WrittenPlan, readFile: ReadFile): Plan {
  const { kubernetes, network, coordinator } = written;
  const { version, packageVersion } = readVersion(kubernetes.version);
  const hosts = written.hosts.map(({ name, address, role, labels = {}, taints = [] }) => ({
    name,
    address,
    role,
    labels,
    taints: taints.flatMap((taint) => readTaint(taint) ?? []),
  }));
  const controlPlane = hosts.find((host) => host.role === 'control-plane');
  return {
    settings: {
      name: written.cluster,
      kubernetes: {
        version,
        packageVersion,
        imageRepository: kubernetes.imageRepository ?? defaultImageRepository(version),
        packages: packageSource(kubernetes.packages ?? 'public', version, readFile),
        components: {
          initConfiguration: kubernetes.components?.initConfiguration ?? {},
          clusterConfiguration: kubernetes.components?.clusterConfiguration ?? {},
          joinConfiguration: kubernetes.components?.joinConfiguration ?? {},
          kubeletConfiguration: kubernetes.components?.kubeletConfiguration ?? {},
          kubeProxyConfiguration: kubernetes.components?.kubeProxyConfiguration ?? {},
        },
      },
      endpoint: readEndpoint(kubernetes.controlPlaneEndpoint, written.cluster),
      loadBalancer: readLoadBalancer(written.loadBalancer, written.cluster),
      etcd: readEtcd(written.etcd),
      runtime: readRuntime(written.runtime ?? 'containerd', readFile),
      network: {
        podSubnet: network.podSubnet ?? defaultNetwork.podSubnet,
        serviceSubnet: network.serviceSubnet ?? defaultNetwork.serviceSubnet,
        dnsDomain: network.dnsDomain ?? defaultNetwork.dnsDomain,
        nodePorts: nodePorts(kubernetes.components?.clusterConfiguration).range ?? { ...defaultNodePorts },
        plugin: networkPlugin(network.plugin, readFile),
      },
      preparation: readPreparation(written),
      hosts: hosts.map(({ name, address, role }) => ({ name, address, role })),
      preflight: { lower: readLowered(written.preflight?.lower ?? {}) },
    },
    hosts,
    recovery: written.recovery ?? 'ask',
    coordinator: {
      address: coordinator?.address ?? controlPlane?.address ?? '',
      port: coordinator?.port ?? defaultPort,
    },
    backup: {
      everyMs: readDuration(written.backup?.every ?? defaultBackup.every),
      keep: written.backup?.keep ?? defaultBackup.keep,
      copies: written.backup?.copies ?? [],
    },
    agentUpdates: written.agentUpdates ?? 'auto',
  };
}

function readPreparation({ proxy, journalMaxUse, ...written }: WrittenPlan): Preparation {
  return {
    firewall: written.firewall ?? defaultPreparation.firewall,
    selinux: written.selinux ?? defaultPreparation.selinux,
    proxy: proxy
      ? { http: proxy.http ?? null, https: proxy.https ?? proxy.http ?? null, noProxy: proxy.noProxy ?? [] }
      : null,
    journalMaxUse: journalMaxUse === 'keep' ? null : (journalMaxUse ?? defaultPreparation.journalMaxUse),
    driftCorrection: written.driftCorrection ?? defaultPreparation.driftCorrection,
  };
}

function readRuntime(written: NonNullable<WrittenPlan['runtime']>, readFile: ReadFile): Runtime {
  const { name, ...options } = typeof written === 'string' ? { name: written } : written;
  const mirrors = options.registryMirrors ?? {};
  const packages = runtimeSource(options.packages ?? 'distribution', readFile);
  const { file } = options.criDockerd ?? {};
  return {
    name,
    package: options.package ?? defaultRuntimePackage[packages === null ? 'distribution' : 'docker'][name],
    version: options.version ?? null,
    packages,
    criDockerd: {
      url: options.criDockerd?.url ?? defaultCriDockerd.url,
      mirror: options.criDockerd?.mirror ?? defaultCriDockerd.mirror,
      version: options.criDockerd?.version?.replace(/^v/, '') ?? defaultCriDockerd.version,
      sha256: options.criDockerd?.sha256 ?? defaultCriDockerd.sha256,
      file: file === undefined ? defaultCriDockerd.file : { name: file, sha256: sha256Of(readFile(file, 'latin1')) },
    },
    registryMirrors: Array.isArray(mirrors) ? { [defaultRegistry]: mirrors } : mirrors,
    insecureRegistries: options.insecureRegistries ?? [],
  };
}

/** `to` has only one value and may be omitted. */
function readLowered(
  written: NonNullable<NonNullable<WrittenPlan['preflight']>['lower']>,
): Plan['settings']['preflight']['lower'] {
  return Object.fromEntries(
    Object.entries(written).map(([id, { to = 'warning', reason }]) => [
      id,
      { to, reason: withoutControls(reason).trim().replace(/\s+/g, ' ') },
    ]),
  );
}
