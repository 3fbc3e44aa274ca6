import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lock, readHeader } from '../../../../coordinator/upkeep/backup/archive.ts';
import { restore } from '../../../../coordinator/upkeep/backup/restore.ts';
import { createRecoveryKey } from '../../../../coordinator/upkeep/backup/seal.ts';
import { bearer, enrolled, planText, removeFolder, start, tempFolder } from '../../support.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanUps.splice(0).reverse()) await one();
});

function folder(): string {
  const path = tempFolder();
  cleanUps.push(() => removeFolder(path));
  return path;
}

async function coordinatorIn(path: string, options: Parameters<typeof start>[0] = {}) {
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
async function backupOf({ socket }: { socket: string }): Promise<Buffer> {
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
const nobody = async () => {
  throw new Error('nothing should be asked');
};
const into = (path: string) => ({ state: join(path, 'state'), plan: join(path, 'cluster.yaml'), now: new Date() });

describe('a backup', () => {
  it('brings the coordinator back elsewhere: the same CA, and agents go on with their credentials once it is confirmed', async () => {
    const before = await coordinatorIn(folder());
    const { credential } = await enrolled(before, 'node01');
    const archive = await backupOf(before);
    await before.stop();

    const elsewhere = folder();
    const { header, planRestored } = await restore({ ...into(elsewhere), archive, replace: false, secret: nobody });
    expect(header).toMatchObject({ cluster: 'demo', encryption: null });
    expect(planRestored).toBe(true);
    expect(readFileSync(join(elsewhere, 'cluster.yaml'), 'utf8')).toBe(planText());
    expect(statSync(join(elsewhere, 'state')).mode & 0o777).toBe(0o700);
    expect(statSync(join(elsewhere, 'state/ca.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(elsewhere, 'state')).sort()).toEqual([
      'ca.crt',
      'ca.key',
      'muster.db',
      'server.crt',
      'server.key',
    ]);

    const after = await coordinatorIn(elsewhere);
    expect(after.caPem).toBe(before.caPem);
    const headers = bearer(credential);
    expect((await after.ask('/v1/target', { headers })).body.code).toBe('coordinator-restored');
    expect((await after.operator('/v1/restored', { method: 'POST' })).status).toBe(204);
    expect((await after.ask('/v1/target', { headers })).status).toBe(200);
  });

  it('refuses to replace a state, and puts it aside when it is told to', async () => {
    const path = folder();
    const coordinator = await coordinatorIn(path);
    const archive = await backupOf(coordinator);
    await coordinator.stop();
    await expect(restore({ ...into(path), archive, replace: false, secret: nobody })).rejects.toMatchObject({
      code: 'state-there',
    });
    const { aside } = await restore({ ...into(path), archive, replace: true, secret: nobody });
    expect(existsSync(join(aside ?? '', 'ca.key'))).toBe(true);
    expect(readdirSync(path).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('is opened by its passphrase only', async () => {
    const coordinator = await coordinatorIn(folder());
    const archive = lock(await backupOf(coordinator), { passphrase: 'correct horse battery' });
    expect(readHeader(archive).header.encryption).toMatchObject({ kind: 'passphrase' });
    expect(archive.includes('PRIVATE KEY')).toBe(false);
    const attempt = (secret: string) =>
      restore({ ...into(folder()), archive, replace: false, secret: async () => secret });
    await expect(attempt('correct horse batterx')).rejects.toMatchObject({ code: 'backup-locked' });
    expect((await attempt('correct horse battery')).header.cluster).toBe('demo');
    // Stretching a passphrase is meant to take a core's whole attention.
  }, 60_000);

  it('is not opened at all when a bit of it has changed, be it of what stands in the clear', async () => {
    const coordinator = await coordinatorIn(folder());
    const { secret, publicKey } = createRecoveryKey();
    const archive = lock(await backupOf(coordinator), { recoveryKey: publicKey });
    const changed = Buffer.from(archive);
    changed[changed.length - 100] = (changed[changed.length - 100] ?? 0) ^ 1;
    const forged = Buffer.from(archive.toString('latin1').replace('"cluster":"demo"', '"cluster":"dema"'), 'latin1');
    for (const bytes of [changed, forged]) {
      const attempt = restore({ ...into(folder()), archive: bytes, replace: false, secret: async () => secret });
      await expect(attempt).rejects.toMatchObject({ code: 'backup-locked' });
    }
  });

  it.each([
    ['garbage', () => Buffer.from('x'.repeat(1000)), 'not-a-backup'],
    ['nothing', () => Buffer.alloc(0), 'not-a-backup'],
    ['a backup that was cut', (whole: Buffer) => whole.subarray(0, whole.length - 500), 'backup-damaged'],
  ])('refuses %s, and changes nothing', async (_, spoil, code) => {
    const coordinator = await coordinatorIn(folder());
    const archive = spoil(await backupOf(coordinator));
    const path = folder();
    await expect(restore({ ...into(path), archive, replace: false, secret: nobody })).rejects.toMatchObject({ code });
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('backups by the clock', () => {
  it('are made when they are due and kept as many as planned; a copy is offered, locked, to the hosts that keep one', async () => {
    let now = Date.now();
    const path = folder();
    const text = planText('backup: {every: 1d, keep: 2, copies: [node02]}\n');
    const coordinator = await coordinatorIn(path, { planText: text, now: () => new Date(now) });
    const node02 = await enrolled(coordinator, 'node02');
    const node01 = await enrolled(coordinator, 'node01');
    now = Date.parse('2026-11-22T03:00:00Z');
    expect((await coordinator.operator('/v1/status')).body.notices).toMatchObject([{ code: 'no-recovery-key' }]);
    expect((await node02.target()).body.backup).toBeUndefined();

    const { secret, publicKey } = createRecoveryKey();
    // Setting the key is one of the moments at which what is due is made.
    const look = () => coordinator.operator('/v1/recovery-key', { body: { publicKey } });
    expect((await look()).status).toBe(204);
    expect((await coordinator.operator('/v1/status')).body.notices).toEqual([]);
    for (let day = 0; day < 3; day += 1) {
      now += 24 * 3600_000;
      await look();
    }
    await look();
    expect(readdirSync(join(path, 'state/backups')).sort()).toEqual([
      'muster-demo-20261124T030000Z.backup',
      'muster-demo-20261125T030000Z.backup',
      'muster-demo-20261125T030000Z.backup.sealed',
    ]);
    const { backup } = (await node02.target()).body;
    expect(backup).toMatchObject({ name: 'muster-demo-20261125T030000Z.backup.sealed', keep: 2 });
    expect((await node01.target()).body.backup).toBeUndefined();
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`, { headers: node01.headers })).status).toBe(404);
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`)).status).toBe(401);
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`, { headers: node02.headers })).status).toBe(200);

    const sealed = readFileSync(join(path, 'state/backups', backup.name));
    expect(sealed.includes('PRIVATE KEY')).toBe(false);
    const elsewhere = folder();
    const other = createRecoveryKey().secret;
    const attempt = (key: string) =>
      restore({ ...into(elsewhere), archive: sealed, replace: false, secret: async () => key });
    await expect(attempt(other)).rejects.toMatchObject({ code: 'backup-locked' });
    await expect(attempt('not a key')).rejects.toMatchObject({ code: 'recovery-key-invalid' });
    await attempt(secret);
    expect(existsSync(join(elsewhere, 'state/ca.key'))).toBe(true);
  });
});
