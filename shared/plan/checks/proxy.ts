import ipaddr from 'ipaddr.js';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Requires a proxy, and exceptions that the programs of a host understand: others have no effect, without a word. */
export function checkProxy({ proxy }: PartialPlan, report: Report): void {
  if (proxy === undefined) return;
  if (!('http' in proxy || 'https' in proxy)) report(['proxy'], 'proxy-invalid');
  for (const [index, entry] of (proxy.noProxy ?? []).entries()) {
    if (entry !== undefined && !isException(entry)) report(['proxy', 'noProxy', index], 'no-proxy-entry-invalid');
  }
}

function isException(entry: string): boolean {
  if (entry.includes('/')) return ipaddr.isValidCIDR(entry);
  // Numbers and dots, also with a hyphen or a star: a range of addresses, or a mistyped one.
  if (/^[\d.*-]*\.[\d.*-]*$/.test(entry)) return ipaddr.IPv4.isValidFourPartDecimal(entry);
  return entry === '*' || !entry.replace(/^\*\./, '').includes('*');
}
