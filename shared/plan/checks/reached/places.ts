import { isUrl } from '../../network-plugin.ts';
import { dnsName } from '../../patterns.ts';
import type { Path } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';

/** A place of the plan that names a machine to which hosts connect. */
export interface Place {
  path: Path;
  /** A URL, `host` or `host:port`, the latter also with a path behind it. */
  written: string;
  /**
   * `cluster`: part of the cluster, the same machine for all hosts. `endpoint`: part of the cluster, and each host may
   * have its own. `source`: hosts download from it. `fallback`: an alternative to a source, which may also be on each
   * host or in the cluster.
   */
  kind: 'cluster' | 'endpoint' | 'source' | 'fallback';
}

type Written = string | undefined;
type WrittenRuntime = Exclude<PartialPlan['runtime'], Written>;
type WrittenPackages = NonNullable<PartialPlan['kubernetes']>['packages'] | WrittenRuntime['packages'];

/** All such places, without etcd's and the hosts themselves. */
export function reachedPlaces(plan: PartialPlan): Place[] {
  const { kubernetes, runtime, network, proxy } = plan;
  const manifest = network?.plugin?.manifest;
  return [
    ...ofCluster(plan),
    ...at('source', ['kubernetes', 'imageRepository'], registryOf(kubernetes?.imageRepository)),
    ...ofPackages(['kubernetes', 'packages'], kubernetes?.packages),
    ...(typeof runtime === 'object' ? ofRuntime(runtime) : []),
    ...at(
      'source',
      ['network', 'plugin', 'manifest'],
      manifest !== undefined && isUrl(manifest) ? manifest : undefined,
    ),
    ...at('source', ['network', 'plugin', 'mirror'], network?.plugin?.mirror),
    ...at('source', ['proxy', 'http'], proxy?.http),
    ...at('source', ['proxy', 'https'], proxy?.https),
  ];
}

/** Of an image repository; one whose first part cannot be a host, such as USER/k8s, is on docker.io. */
function registryOf(repository: Written): Written {
  const [first = ''] = repository?.split('/') ?? [];
  return /[.:]/.test(first) || first === 'localhost' ? repository : undefined;
}

const at = (kind: Place['kind'], path: Path, written: Written): Place[] =>
  written === undefined ? [] : [{ kind, path, written }];

function ofCluster({ kubernetes, coordinator, loadBalancer }: PartialPlan): Place[] {
  const path: Path = ['kubernetes', 'controlPlaneEndpoint'];
  const endpoint = kubernetes?.controlPlaneEndpoint;
  const external = typeof loadBalancer === 'object' ? loadBalancer.external : undefined;
  const named = [
    ...at('cluster', ['coordinator', 'address'], coordinator?.address),
    ...at('cluster', ['loadBalancer', 'external', 'address'], external?.address),
    ...(typeof endpoint === 'object'
      ? at(endpoint.managed === false ? 'endpoint' : 'cluster', [...path, 'host'], endpoint.host)
      : at('cluster', path, endpoint?.replace(/:.*/, ''))),
  ];
  // endpoint.ts judges the form of the endpoint, and its port.
  return named.filter(({ written }) => dnsName.test(written));
}

function ofPackages(path: Path, written: WrittenPackages): Place[] {
  if (typeof written !== 'object') return [];
  const { url, key } = written;
  const ofKey =
    typeof key === 'object' ? at('source', [...path, 'key', 'url'], key.url) : at('source', [...path, 'key'], key);
  return [...at('source', [...path, 'url'], url), ...ofKey];
}

function ofRuntime({ packages, criDockerd, registryMirrors: mirrors = [], insecureRegistries = [] }: WrittenRuntime) {
  const path: Path = ['runtime', 'registryMirrors'];
  const lists = Array.isArray(mirrors)
    ? [{ above: path, urls: mirrors }]
    : Object.entries(mirrors).map(([registry, urls = []]) => ({ above: [...path, registry], urls }));
  return [
    ...ofPackages(['runtime', 'packages'], packages),
    ...at('source', ['runtime', 'criDockerd', 'url'], criDockerd?.url),
    ...at('source', ['runtime', 'criDockerd', 'mirror'], criDockerd?.mirror),
    ...lists.flatMap(({ above, urls }) => urls.flatMap((url, index) => at('fallback', [...above, index], url))),
    ...insecureRegistries.flatMap((one, index) => at('fallback', ['runtime', 'insecureRegistries', index], one)),
  ];
}
