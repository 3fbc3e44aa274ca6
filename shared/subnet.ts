import ipaddr from 'ipaddr.js';

/** An IPv4 subnet: any address in it, and the prefix length in bits. */
export type Subnet = readonly [address: ipaddr.IPv4, prefix: number];

/** Parses CIDR notation with four parts, such as 10.244.0.0/16; null: invalid. */
export function parseSubnet(text: string): Subnet | null {
  // ipaddr.js also accepts octal and hexadecimal parts, and leading zeros.
  if (!/^[\d.]+\/(0|[1-9]\d?)$/.test(text) || !ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return null;
  return ipaddr.IPv4.parseCIDR(text);
}

/** Whether a subnet contains an address such as 192.168.0.7; false if it is not an IPv4 address. */
export function contains([network, prefix]: Subnet, address: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(address) && ipaddr.IPv4.parse(address).match(network, prefix);
}

/** Whether two subnets overlap. */
export function overlap([a, x]: Subnet, [b, y]: Subnet): boolean {
  return a.match(b, Math.min(x, y));
}
