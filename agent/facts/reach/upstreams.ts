import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Host } from '../../host/host.ts';
import { patience } from './attempt.ts';
import { askNameserver } from './nameserver.ts';

type Reached = NonNullable<Facts['reach']>;

const mostNames = 32;

/** Asks every nameserver in parallel, and resolves the hosts that the plan needs if one of them answers. */
export async function reachUpstreams(
  host: Pick<Host, 'readFile'>,
  settings: ClusterSettings,
  nameservers: readonly string[],
): Promise<Pick<Reached, 'nameservers' | 'upstreams'>> {
  const names = upstreamNames(settings);
  const [asked = '.'] = names.filter((name) => isIP(name) === 0);
  const attempts = await Promise.all(nameservers.slice(0, 8).map((address) => askNameserver(address, asked)));
  const isAnswered = attempts.some(({ result }) => result === 'ok');
  const known = hostsIn((await host.readFile('/etc/hosts')) ?? '');
  const upstreams = await Promise.all(
    names.map(async (name) => {
      if (isIP(name) > 0) return { name, addresses: [name] };
      // Without a nameserver, each lookup would occupy a thread for many seconds.
      return { name, addresses: known.get(name) ?? (isAnswered ? await addressesOf(name) : []) };
    }),
  );
  return { nameservers: attempts, upstreams };
}

/** Hosts outside the cluster that the plan names, without duplicates. With a proxy, only the proxy is resolved here. */
export function upstreamNames({ kubernetes, runtime, network, preparation }: ClusterSettings): string[] {
  const { proxy } = preparation;
  const { manifest } = network.plugin;
  const { url, key } = kubernetes.packages;
  const [registry = ''] = kubernetes.imageRepository.split('/');
  const proxies = [proxy?.http, proxy?.https].flatMap((one) => one ?? []);
  const others = [
    ...[url, ...('url' in key ? [key.url] : []), ...('url' in manifest ? [manifest.url] : []), `https://${registry}`],
    ...(runtime.packages === null ? [] : [runtime.packages.url]),
    ...Object.values(runtime.registryMirrors).flat(),
    ...runtime.insecureRegistries.map((name) => `http://${name}`),
  ].map(nameIn);
  const resolved = proxies.length === 0 ? others : others.filter((name) => isIP(name) > 0);
  return [...new Set([...proxies.map(nameIn), ...resolved])].filter((name) => name !== '').slice(0, mostNames);
}

/** The host of a URL, without brackets; '': not a URL. */
const nameIn = (url: string) => (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$/g, '').slice(0, 256);

function hostsIn(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().toLowerCase().split(/\s+/);
    for (const name of names) found.set(name, [...(found.get(name) ?? []), address]);
  }
  return found;
}

async function addressesOf(name: string): Promise<string[]> {
  const found = lookup(name, { all: true }).then(
    (entries) => entries.map(({ address }) => address).slice(0, 16),
    () => [],
  );
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const timer = setTimeout(() => resolve([]), patience);
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}
