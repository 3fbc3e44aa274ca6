import { setImmediate } from 'node:timers/promises';
import type { Status } from '../../shared/protocol/status.ts';

/** Hosts in one piece: about 200 kB. */
const hostsInPiece = 20;

/** The status as JSON, in pieces between which other requests have their turn. */
export async function* statusPieces({ hosts, ...head }: Status): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"hosts":[`;
  for (let at = 0; at < hosts.length; at += hostsInPiece) {
    const piece = JSON.stringify(hosts.slice(at, at + hostsInPiece)).slice(1, -1);
    yield at === 0 ? piece : `,${piece}`;
    await setImmediate();
  }
  yield ']}';
}
