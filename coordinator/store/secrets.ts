import { hash } from 'node:crypto';

/** How secrets of 256 random bits are stored and looked up: a plain hash is enough for what can't be guessed. */
export function sha256(secret: string): string {
  return hash('sha256', secret);
}
