import { createHash } from 'node:crypto';
import type { FileRecord, Fingerprint } from './record.ts';

export const absent: Fingerprint = 'absent';
export const linkTo = (target: string): Fingerprint => `link:${target}`;
export const contentOf = (content: string | Buffer): Fingerprint =>
  `file:${createHash('sha256').update(content).digest('hex')}`;

export function fingerprint(state: FileRecord['was']): Fingerprint {
  if (state.state === 'absent') return absent;
  return state.state === 'link' ? linkTo(state.target) : contentOf(Buffer.from(state.base64, 'base64'));
}
