import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const [cipher, ivBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const;

/** All coordinators have the key of their CA; the Kubernetes API has not. */
const keyOf = (caKey: string) => Buffer.from(hkdfSync('sha256', caKey.trim(), '', 'muster shared secret', 32));

/** Encrypts a file that only coordinators may read or replace: iv, tag, content. The CA's key must not be empty. */
export function seal(content: Buffer, name: string, caKey: string): Buffer {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, keyOf(caKey), iv, { authTagLength: tagBytes }).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([sealing.update(content), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), sealed]);
}

/** null: no coordinator with this CA has sealed it under this name. */
export function unseal(sealed: Buffer, name: string, caKey: string): Buffer | null {
  if (caKey.trim() === '') return null;
  try {
    const opening = createDecipheriv(cipher, keyOf(caKey), sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
    opening.setAAD(Buffer.from(name)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
  } catch {
    return null;
  }
}
