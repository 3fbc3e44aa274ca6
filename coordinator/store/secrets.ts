import { hash } from 'node:crypto';

/** Hash for storing secrets of 256 random bits; they cannot be guessed, so no slow hash is needed. */
export function sha256(secret: string): string {
  return hash('sha256', secret);
}
