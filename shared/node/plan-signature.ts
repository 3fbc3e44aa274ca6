import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { SignedText } from '../protocol/signed-plan.ts';

/** Keeps the signature from being valid for anything but a plan. */
const prefix = 'muster plan 1\n';
/** RFC 8410: the form of an Ed25519 public key before its 32 bytes. */
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** A new signing key, PEM. */
export const createPlanKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** The public half of a signing key: 32 bytes, base64. Throws for another kind of key. */
export function publicPlanKey(privatePem: string): string {
  const key = createPublicKey(signingKey(privatePem));
  return key.export({ format: 'der', type: 'spki' }).subarray(spki.length).toString('base64');
}

export const signText = (text: string, privatePem: string): SignedText => ({
  text,
  signature: sign(null, Buffer.from(prefix + text), signingKey(privatePem)).toString('base64'),
});

export function isSignedBy({ text, signature }: SignedText, publicKey: string): boolean {
  const der = Buffer.concat([spki, Buffer.from(publicKey, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(prefix + text), key, Buffer.from(signature, 'base64'));
}

function signingKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}
