import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { getCACertificates, rootCertificates, setDefaultCACertificates } from 'node:tls';
import type { OptionsInit } from 'got';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { noProxy } from '../../shared/steps/content/services.ts';
import { contains, parseSubnet } from '../../shared/subnet.ts';
import type { HostView } from '../host/host.ts';

/** Options of one request of muster's own to anything but the coordinator and the cluster. */
export type Outbound = (url: string) => Pick<OptionsInit, 'agent' | 'https'>;

/** PEM of the authorities that this host trusts. */
export const authorities = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Requests leave through the planned proxy, except to what bypasses it. Besides Node's own authorities, those of the
 * host are trusted, as apt does: many proxies sign with one of the site.
 */
export async function outbound(host: Pick<HostView, 'readFile'>, settings: ClusterSettings): Promise<Outbound> {
  const ca = (await host.readFile(authorities)) || undefined;
  const https = ca === undefined ? {} : { certificateAuthority: [...rootCertificates, ca] };
  const { proxy } = settings.preparation;
  if (proxy === null) return () => ({ https });
  const proxyEnv = {
    ...(proxy.http !== null && { HTTP_PROXY: proxy.http }),
    ...(proxy.https !== null && { HTTPS_PROXY: proxy.https }),
  };
  if (ca !== undefined && /https:/.test(Object.values(proxyEnv).join())) trustForProxies(ca);
  const agent = { http: new HttpAgent({ proxyEnv }), https: new HttpsAgent({ proxyEnv }) };
  const exceptions = noProxy(settings);
  return (url) => (bypasses(new URL(url), exceptions) ? { https } : { https, agent });
}

/** The connection to a proxy over TLS takes no authorities of its own, only the process's. */
function trustForProxies(ca: string): void {
  const own = ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...own])]);
}

/** Entries are `*`, an address, a subnet, a name, or a domain with or without a leading dot, each also with a port. */
export function bypasses({ hostname, port, protocol }: URL, exceptions: readonly string[]): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const ownPort = port || { 'http:': '80', 'https:': '443' }[protocol];
  return exceptions.some((entry) => {
    const { place, only } = placeOf(entry.toLowerCase());
    if (only !== undefined && only !== ownPort) return false;
    if (place === '*' || place === name) return true;
    const subnet = parseSubnet(place);
    if (subnet !== null) return contains(subnet, name);
    return isIP(name) === 0 && name.endsWith(`.${place.replace(/^\*?\./, '')}`);
  });
}

function placeOf(entry: string): { place: string; only?: string | undefined } {
  if (isIP(entry) === 6) return { place: entry };
  const [, place = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { place, only };
}
