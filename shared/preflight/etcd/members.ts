import type { EtcdFacts } from '../../protocol/facts.ts';
import type { LocalText } from '../../text/local-text.ts';

/** A member's name, or how to find one that has none. */
export function labelOf({ name, id, peerUrl }: EtcdFacts['members'][number]): LocalText {
  if (name !== '') return { en: name, zh: name };
  return { en: `${id} (${peerUrl}, never started)`, zh: `${id}（${peerUrl}，从未启动）` };
}
