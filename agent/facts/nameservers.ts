import { isIP } from 'node:net';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { HostView } from '../host/host.ts';

type Part = Pick<
  Facts['network'],
  'nameservers' | 'searchDomains' | 'resolvedFile' | 'upstreamFile' | 'upstreamNameservers'
>;

const resolvedFile = '/run/systemd/resolve/resolv.conf';
/** Files with the nameservers behind a stub on this host: systemd-resolved's, and dnsmasq's of NetworkManager. */
const upstreamFiles = [resolvedFile, '/run/NetworkManager/no-stub-resolv.conf'];

/** Configured nameservers, and those behind a stub on this host. */
export async function nameserverFacts(host: Pick<HostView, 'readFile' | 'exists'>): Promise<Part> {
  const [text, resolved, ...upstreams] = await Promise.all([
    host.readFile('/etc/resolv.conf'),
    host.exists(resolvedFile),
    ...upstreamFiles.map((path) => host.readFile(path)),
  ]);
  const nameservers = nameserversIn(text ?? '');
  const isStub = nameservers.length > 0 && nameservers.every(isLoopback);
  const at = isStub ? upstreams.findIndex((one) => one !== null && nameserversIn(one).length > 0) : -1;
  return {
    nameservers,
    searchDomains: domainsIn(upstreams[at] ?? text ?? ''),
    resolvedFile: resolved,
    upstreamFile: upstreamFiles[at] ?? '',
    upstreamNameservers: nameserversIn(upstreams[at] ?? ''),
  };
}

/** As the resolver of glibc reads them: at the beginning of a line, and nothing but an address. */
const nameserversIn = (text: string) =>
  [...text.matchAll(/^nameserver[ \t]+([^ \t\n]+)/gm)]
    .map(([, address = '']) => address)
    .filter((address) => isIP(address.replace(/%.*$/, '')) !== 0)
    .slice(0, 16);
/** The last line counts. */
const domainsIn = (text: string) => {
  const line = [...text.matchAll(/^[ \t]*(?:search|domain)[ \t]+(\S.*)$/gm)].at(-1)?.[1] ?? '';
  return line
    .trim()
    .split(/\s+/)
    .filter((name) => name !== '' && name !== '.')
    .slice(0, 64);
};
const isLoopback = (address: string) => address.startsWith('127.') || address === '::1';
