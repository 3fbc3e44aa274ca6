import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** A base64 seed of 32 bytes. */
export const signingKeyPattern = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The key that signs backups, derived from the secret of the recovery key. The coordinator keeps it, so whoever holds
 * the recovery key can tell the coordinator's backups from others; the secret cannot be derived from it.
 */
export function signingKeyOf(recoverySecret: string): string {
  return Buffer.from(hkdfSync('sha256', recoverySecret, '', 'muster backup signature', 32)).toString('base64');
}

export const signed = (content: Buffer, signingKey: string): string =>
  sign(null, content, keyOf(signingKey)).toString('base64');

export const isSigned = (content: Buffer, signature: string, signingKey: string): boolean =>
  verify(null, content, createPublicKey(keyOf(signingKey)), Buffer.from(signature, 'base64'));

/** RFC 8410: the PKCS #8 form of an Ed25519 seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const keyOf = (signingKey: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, Buffer.from(signingKey, 'base64')]), format: 'der', type: 'pkcs8' });
