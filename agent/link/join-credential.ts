import { MusterError } from '../../shared/errors/errors.ts';
import { createRecoveryKey } from '../../shared/node/age.ts';
import { openText } from '../../shared/node/sealed-text.ts';
import type { Role } from '../../shared/plan/schema.ts';
import { certificateKey } from '../../shared/protocol/duty.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';

export type OpenJoinCredential = Omit<JoinCredential, 'sealedKey'> & {
  /** For control planes: decrypts the uploaded certificates. */
  certificateKey?: string;
};

/**
 * Requests a join credential. A control plane's contains a key that only this host can open: the identity lives in
 * memory for this one request, and the coordinator never sees the key. Throws MusterError `certificate-key-invalid`.
 */
export async function requestJoinCredential(
  role: Role,
  ask: (recipient: string | null) => Promise<JoinCredential>,
): Promise<OpenJoinCredential> {
  if (role !== 'control-plane') return ask(null);
  const { secret, publicKey } = await createRecoveryKey();
  const { sealedKey = '', ...credential } = await ask(publicKey);
  return { ...credential, certificateKey: await open(sealedKey, secret) };
}

async function open(sealed: string, secret: string): Promise<string> {
  try {
    return certificateKey.parse(await openText(Buffer.from(sealed, 'base64'), secret));
  } catch (cause) {
    throw new MusterError('certificate-key-invalid', {}, { cause });
  }
}
