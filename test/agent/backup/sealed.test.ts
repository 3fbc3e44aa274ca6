import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { sealClusterBackup } from '../../../agent/backup/sealed.ts';
import { openShelf } from '../../../agent/backup/shelf.ts';
import { createRecoveryKey, decrypt } from '../../../shared/node/age.ts';
import { fakeHost } from '../fake-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-sealed-'));
afterAll(() => rm(folder, { recursive: true }));
const shelf = openShelf(folder);
const name = 'cluster-20261130T010000Z';
const host = fakeHost({ programs: { tar: (args) => execFileSync('tar', [...args]).toString() } });

it('only the recovery key opens what leaves this host, and no other key is accepted later', async () => {
  await mkdir(shelf.path(name));
  await writeFile(join(shelf.path(name), 'ca.key'), 'secret');
  const [own, other] = [await createRecoveryKey(), await createRecoveryKey()];
  const sealed = await sealClusterBackup(host, shelf, name, { recipient: own.publicKey, isUnsigned: false });
  const openWith = async (secret: string) =>
    buffer(await decrypt(new Blob([new Uint8Array(sealed)]).stream(), 'recovery-key', secret));
  await expect(openWith(other.secret)).rejects.toMatchObject({ code: 'backup-locked' });
  const open = await openWith(own.secret);
  const files = execFileSync('tar', ['-tzf', '-'], { input: open }).toString();
  expect(files.split('\n')).toContain(`${name}/ca.key`);
  expect((await readdir(folder)).sort()).toEqual([name, 'recovery.pub']);
  const changed = sealClusterBackup(host, shelf, name, { recipient: other.publicKey, isUnsigned: false });
  await expect(changed).rejects.toMatchObject({ code: 'recovery-key-changed' });
  // A key that was pinned before plans were signed stays.
  await sealClusterBackup(host, shelf, name, { recipient: own.publicKey, isUnsigned: true });
});

it('a host that follows signed plans encrypts nothing to a key that only the coordinator names', async () => {
  const empty = openShelf(mkdtempSync(join(folder, 'unsigned-')));
  const { publicKey } = await createRecoveryKey();
  const unsigned = sealClusterBackup(host, empty, name, { recipient: publicKey, isUnsigned: true });
  await expect(unsigned).rejects.toMatchObject({ code: 'recovery-key-unsigned' });
  expect(await readdir(empty.path(''))).toEqual([]);
});
