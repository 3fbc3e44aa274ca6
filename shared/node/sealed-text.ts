import { buffer, text } from 'node:stream/consumers';
import { decrypt, encrypt } from './age.ts';

/** Encrypts a short text to an age recipient (age1…). */
export async function sealText(plain: string, recipient: string): Promise<Buffer> {
  return buffer(await encrypt(new Blob([plain]).stream(), { recoveryKey: recipient }));
}

/** Opens it with the recipient's identity. Throws MusterError `backup-locked` or `recovery-key-invalid`. */
export async function openText(sealed: Uint8Array, identity: string): Promise<string> {
  return text(await decrypt(new Blob([new Uint8Array(sealed)]).stream(), 'recovery-key', identity));
}
