import ipaddr from 'ipaddr.js';

/** Of a URL, or of `host:port/path`. */
export function hostAndPort(written: string): { host: string; port: number | undefined } {
  const authority = written
    .replace(/^\w+:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/, '');
  const [, host = '', port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? undefined : Number(port) };
}

export const isAddress = (host: string): boolean =>
  ipaddr.IPv6.isValid(host) || ipaddr.IPv4.isValidFourPartDecimal(host);

/** An address, or a name whose last part is not a number: programs take such a name for an address. */
export function isHost(host: string): boolean {
  if (isAddress(host)) return true;
  const labels = host.replace(/\.$/, '').split('.');
  return labels.every((label) => /^\w([\w-]{0,61}\w)?$/.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

export const isPort = (port: number | undefined): boolean => port === undefined || (port >= 1 && port <= 65_535);

/** Whether a host that connects to this address or name reaches itself. */
export const isLoopback = (host: string): boolean =>
  /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|(.+\.)?localhost)$/.test(host);
