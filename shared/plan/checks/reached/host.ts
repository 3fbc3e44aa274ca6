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

/** An address, or a name whose last part is not a number: programs take such a name for an address. */
export function isHost(host: string): boolean {
  if (ipaddr.IPv6.isValid(host) || ipaddr.IPv4.isValidFourPartDecimal(host)) return true;
  const labels = host.split('.');
  return labels.every((label) => /^\w([\w-]{0,61}\w)?$/.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

export const isPort = (port: number | undefined): boolean => port === undefined || (port >= 1 && port <= 65_535);
