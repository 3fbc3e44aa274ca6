import { MusterError } from '../errors/errors.ts';
import type { LocalText } from '../text/local-text.ts';

/** Encrypts backups as age files (age-encryption.org/v1), which the `age` program can decrypt too. */

/**
 * The recipient of an encrypted backup: the public half of a recovery key (an X25519 recipient, age1…), or a
 * passphrase.
 */
export type Recipient = { recoveryKey: string } | { passphrase: string };
export type SecretKind = 'recovery-key' | 'passphrase';

// Loaded on use: it takes about 20 MB of memory.
const library = () => import('age-encryption');

/** OWASP's recommendation for scrypt (N = 2^17): 128 MB of memory, about a second. */
const scryptWorkFactor = 17;

/** Creates a recovery key: the secret for the operator, and the public half that backups are encrypted to. */
export async function createRecoveryKey(): Promise<{ secret: string; publicKey: string }> {
  const { generateX25519Identity, identityToRecipient } = await library();
  const secret = await generateX25519Identity();
  return { secret, publicKey: await identityToRecipient(secret) };
}

/** Whether a text is the public half of a recovery key, including its checksum. */
export async function isRecoveryPublicKey(text: string): Promise<boolean> {
  const { Encrypter } = await library();
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith('age1');
  } catch {
    return false;
  }
}

/** Encrypts in chunks of 64 KB as they are read. */
export async function encrypt(
  plain: ReadableStream<Uint8Array>,
  recipient: Recipient,
): Promise<ReadableStream<Uint8Array>> {
  const { Encrypter } = await library();
  const encrypter = new Encrypter();
  if ('passphrase' in recipient) {
    encrypter.setScryptWorkFactor(scryptWorkFactor);
    encrypter.setPassphrase(recipient.passphrase.normalize('NFC'));
  } else {
    encrypter.addRecipient(recipient.recoveryKey);
  }
  return encrypter.encrypt(plain);
}

const secretNames: Readonly<Record<SecretKind, LocalText>> = {
  passphrase: { en: 'passphrase', zh: '口令' },
  'recovery-key': { en: 'recovery key', zh: '恢复密钥' },
};

/** The kind of secret that decrypts an age file, detected from its first 100 bytes; null: not an age file. */
export function secretKindOf(start: Uint8Array): SecretKind | null {
  const stanza = /^age-encryption\.org\/v1\n-> (\S+)/.exec(Buffer.from(start).toString('latin1'))?.[1];
  if (stanza === undefined) return null;
  return stanza === 'scrypt' ? 'passphrase' : 'recovery-key';
}

/**
 * Decrypts in chunks as they are read; the stream fails at the first modified or missing chunk. Throws MusterError
 * `recovery-key-invalid` for a malformed recovery key, `backup-locked` for a secret that does not match.
 */
export async function decrypt(
  sealed: ReadableStream<Uint8Array>,
  kind: SecretKind,
  secret: string,
): Promise<ReadableStream<Uint8Array>> {
  const { Decrypter } = await library();
  const decrypter = new Decrypter();
  try {
    if (kind === 'passphrase') decrypter.addPassphrase(secret.normalize('NFC'));
    else decrypter.addIdentity(secret);
  } catch (cause) {
    throw new MusterError('recovery-key-invalid', { prefix: 'AGE-SECRET-KEY-1' }, { cause });
  }
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    throw new MusterError('backup-locked', { secret: secretNames[kind] }, { cause });
  }
}
