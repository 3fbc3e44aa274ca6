import { createPublicKey, verify } from 'node:crypto';
import { gt } from 'semver';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { type Release, releaseSchema } from '../../shared/protocol/release.ts';

export interface SignedRelease {
  /** The manifest exactly as signed. */
  manifest: Buffer;
  /** ed25519 signature, base64. */
  signature: string;
}

/** The content of a manifest; null: it cannot be read. */
export function releaseIn(manifest: string | null): Release | null {
  const parsed = releaseSchema.safeParse(jsonOrUndefined(manifest ?? ''));
  return parsed.success ? parsed.data : null;
}

/** The content of a manifest that the release key signed. Throws MusterError `update-unsigned` or `update-mismatch`. */
export function readRelease({ manifest, signature }: SignedRelease, publicKey: string): Release {
  if (!isSigned(manifest, signature, publicKey)) throw new MusterError('update-unsigned');
  const release = releaseIn(manifest.toString());
  if (release !== null) return release;
  throw new MusterError('update-mismatch', { seen: { en: 'the description cannot be read', zh: '无法读取描述' } });
}

/**
 * Verifies that the manifest is signed with the release key, describes the requested version, and is newer than `own`:
 * an older release may have known vulnerabilities despite its signature. Throws MusterError `update-unsigned`,
 * `update-mismatch` or `update-downgrade`.
 */
export function verifyRelease(
  signed: SignedRelease,
  { publicKey, wanted, own }: { publicKey: string; wanted: string; own: string },
): Release {
  const release = readRelease(signed, publicKey);
  const { version } = release;
  if (version !== wanted) {
    throw new MusterError('update-mismatch', {
      seen: { en: `version ${version}, not ${wanted}`, zh: `版本为 ${version}，而不是 ${wanted}` },
    });
  }
  if (!gt(version, own)) {
    throw new MusterError('update-downgrade', { offered: version, own });
  }
  return release;
}

function isSigned(manifest: Buffer, signature: string, publicKey: string): boolean {
  try {
    return verify(null, manifest, createPublicKey(publicKey), Buffer.from(signature.trim(), 'base64'));
  } catch {
    return false;
  }
}
