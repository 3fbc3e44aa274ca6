import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MusterError } from '../../shared/errors/errors.ts';
import { encrypt } from '../../shared/node/age.ts';
import { readIfThere, writeAtomically } from '../../shared/node/files.ts';
import { mostClusterCopyBytes } from '../../shared/protocol/safekeeping.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import type { Shelf } from './shelf.ts';

/** The first recipient that this host was told. */
const pinName = 'recovery.pub';
/** The backup in clear text, until it is encrypted. */
export const packedName = '.packed.tar.gz';

interface RecoveryKey {
  recipient: string;
  /** This host follows signed plans only, and the signature does not name the key. */
  isUnsigned: boolean;
}

/**
 * Packs a backup and encrypts it to the operator's recovery key, which no machine can decrypt. Throws MusterError
 * `recovery-key-changed`, `recovery-key-unsigned` or `cluster-backup-too-large`.
 */
export async function sealClusterBackup(
  host: Host,
  shelf: Shelf,
  name: string,
  { recipient, isUnsigned }: RecoveryKey,
): Promise<Buffer> {
  await requirePinned(shelf, { recipient, isUnsigned });
  const packed = shelf.path(packedName);
  const tar = ['--create', '--gzip', '--file', packed, '--directory', dirname(packed), name];
  try {
    await output(host, 'tar', tar, { timeoutMs: 15 * 60_000 });
    const { size } = await stat(packed);
    if (size > mostClusterCopyBytes)
      throw new MusterError('cluster-backup-too-large', { size, most: mostClusterCopyBytes });
    const plain = Readable.toWeb(createReadStream(packed)) as ReadableStream<Uint8Array>;
    return await buffer(await encrypt(plain, { recoveryKey: recipient }));
  } finally {
    await rm(packed, { force: true });
  }
}

/** Pins the first key; another one would let the coordinator read the PKI. */
async function requirePinned(shelf: Shelf, { recipient, isUnsigned }: RecoveryKey): Promise<void> {
  const pin = shelf.path(pinName);
  const pinned = (await readIfThere(pin))?.trim();
  if (pinned !== undefined && pinned !== recipient) throw new MusterError('recovery-key-changed', { path: pin });
  if (pinned !== undefined) return;
  if (isUnsigned) throw new MusterError('recovery-key-unsigned', { key: recipient });
  await writeAtomically(pin, `${recipient}\n`, { mode: 0o600 });
}
