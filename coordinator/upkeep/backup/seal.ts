import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { z } from 'zod';
import { exitCode, MusterError } from '../../../shared/errors/errors.ts';

/** How an archive's key is come by again; it stands in the archive in the clear. */
export const encryptionSchema = z.discriminatedUnion('kind', [
  /** X25519: the recovery key's owner and this one-time key share a secret. */
  z.object({ kind: z.literal('recovery-key'), ephemeral: z.string(), nonce: z.string() }),
  z.object({ kind: z.literal('passphrase'), salt: z.string(), nonce: z.string() }),
]);
export type Encryption = z.infer<typeof encryptionSchema>;

/** Whom an archive is encrypted to. */
export type Recipient = { recoveryKey: string } | { passphrase: string };

const prefix = 'muster-recovery-';
/** OWASP's figures for scrypt: 128 MB for half a second. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** A new recovery key: the secret for the operator alone, and the public half that archives are encrypted to. */
export function createRecoveryKey(): { secret: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url');
  return { secret: prefix + secret, publicKey: publicOf(publicKey) };
}

const publicOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64url');
const readPublic = (text: string) =>
  createPublicKey({ key: Buffer.from(text, 'base64url'), type: 'spki', format: 'der' });

/** Whether a text is the public half of a recovery key. */
export function isRecoveryPublicKey(text: string): boolean {
  try {
    return readPublic(text).asymmetricKeyType === 'x25519';
  } catch {
    return false;
  }
}

/** What stands in the clear, and the key that goes with it. */
export function keyFor(recipient: Recipient): { encryption: Encryption; key: Buffer } {
  const nonce = randomBytes(12).toString('base64url');
  if ('passphrase' in recipient) {
    const salt = randomBytes(16).toString('base64url');
    return { encryption: { kind: 'passphrase', salt, nonce }, key: stretch(recipient.passphrase, salt) };
  }
  const own = generateKeyPairSync('x25519');
  const ephemeral = publicOf(own.publicKey);
  const key = agree(own.privateKey, readPublic(recipient.recoveryKey), ephemeral);
  return { encryption: { kind: 'recovery-key', ephemeral, nonce }, key };
}

/** The key of an archive. Throws `recovery-key-invalid` for a secret that is none. */
export function keyOf(encryption: Encryption, secret: string): Buffer {
  if (encryption.kind === 'passphrase') return stretch(secret, encryption.salt);
  let own: KeyObject;
  try {
    if (!secret.startsWith(prefix)) throw new Error(`it does not begin with ${prefix}`);
    const der = Buffer.from(secret.slice(prefix.length), 'base64url');
    own = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  } catch (cause) {
    throw new MusterError('recovery-key-invalid', `this is no recovery key; one begins with ${prefix}`, {
      exit: exitCode.badInput,
      cause,
    });
  }
  return agree(own, readPublic(encryption.ephemeral), encryption.ephemeral);
}

const stretch = (passphrase: string, salt: string) =>
  scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, cost);

function agree(privateKey: KeyObject, publicKey: KeyObject, ephemeral: string): Buffer {
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), ephemeral, 'muster backup', 32));
}

/** AES-256-GCM; the tag follows the text, and `about` is covered by it as well. */
export function encrypt(plain: Buffer, key: Buffer, { nonce }: Encryption, about: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url')).setAAD(Buffer.from(about));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `backup-locked` for another key, or where a single bit has changed. */
export function decrypt(sealed: Buffer, key: Buffer, { nonce, kind }: Encryption, about: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url')).setAAD(Buffer.from(about));
  try {
    cipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  } catch (cause) {
    const what = kind === 'passphrase' ? 'passphrase' : 'recovery key';
    throw new MusterError('backup-locked', `this ${what} does not open the backup, or the file is damaged`, {
      exit: exitCode.notPermitted,
      cause,
    });
  }
}
