import type { LoadBalancer } from './schema.ts';
import type { WrittenPlan } from './written.ts';

export function readLoadBalancer(written: WrittenPlan['loadBalancer'], cluster: string): LoadBalancer {
  if (typeof written !== 'object') return { kind: 'none' };
  const { keepalived, external } = written;
  if (keepalived === undefined) {
    return external === undefined ? { kind: 'none' } : { kind: 'external', address: external.address };
  }
  const { address, interface: name = null, routerId = routerIdOf(`${cluster} ${address}`) } = keepalived;
  return { kind: 'keepalived', address, interface: name, routerId };
}

/** The same for each reading of a plan, and probably another for each cluster of a subnet: FNV-1a. */
function routerIdOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return 1 + (hash % 255);
}

/** The address at which outside clients reach the API servers; null: none of its own. */
export const outsideAddress = (loadBalancer: LoadBalancer): string | null =>
  loadBalancer.kind === 'none' ? null : loadBalancer.address;
