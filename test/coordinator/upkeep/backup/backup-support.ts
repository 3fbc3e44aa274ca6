import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { signingKeyOf } from '../../../../coordinator/upkeep/backup/signature.ts';
import { createRecoveryKey, encrypt, type Recipient } from '../../../../shared/node/age.ts';
import { removeFolder, start, tempFolder } from '../../support.ts';

export const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanUps.splice(0).reverse()) await one();
});

export function folder(): string {
  const path = tempFolder();
  cleanUps.push(() => removeFolder(path));
  return path;
}

export async function coordinatorIn(path: string, options: Parameters<typeof start>[0] = {}) {
  const coordinator = await start({ folder: path, ...options });
  let stopped = false;
  const stop = async () => {
    if (!stopped) await coordinator.stop({ keep: true });
    stopped = true;
  };
  cleanUps.push(stop);
  return { ...coordinator, stop };
}

/** The bytes of a backup, taken over the operator's socket. */
export async function backupOf({ socket }: { socket: string }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath: socket, path: '/v1/backups', method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks)));
      },
    );
    request.on('error', reject);
    request.end();
  });
}

/** The path of a file with these bytes. */
export function fileOf(bytes: Buffer): string {
  const path = join(folder(), 'backup');
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}

export async function sealed(archive: Buffer, recipient: Recipient): Promise<Buffer> {
  return Buffer.from(await new Response(await encrypt(ReadableStream.from([archive]), recipient)).arrayBuffer());
}

export const nobody = async () => {
  throw new Error('nothing should be asked');
};
export const about = {
  createdAt: '2026-01-01T00:00:00Z',
  version: '0.1.0',
  cluster: 'demo',
  url: 'https://a',
  revision: 1,
};
export const into = (path: string) => ({
  ...{ state: join(path, 'state'), plan: join(path, 'cluster.yaml'), now: new Date() },
  unencrypted: true,
});
export const plain = { secret: nobody, unencrypted: true };
/** A new recovery key, as `muster recovery-key` makes one. */
export async function newKey() {
  const { secret, publicKey } = await createRecoveryKey();
  return { secret, publicKey, signingKey: signingKeyOf(secret) };
}
