import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openPlanFile } from '../../../../coordinator/plan/plan-file.ts';
import { createNews } from '../../../../coordinator/store/news.ts';
import { openStore } from '../../../../coordinator/store/store.ts';
import { pack, unpack } from '../../../../coordinator/upkeep/backup/archive.ts';
import { createBackupKeeper } from '../../../../coordinator/upkeep/backup/keeper.ts';
import { restore } from '../../../../coordinator/upkeep/backup/restore.ts';
import { signingKeyOf } from '../../../../coordinator/upkeep/backup/signature.ts';
import { silentLogger } from '../../../../shared/logger.ts';
import { createRecoveryKey, encrypt, type Recipient } from '../../../../shared/node/age.ts';
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

/** The path of a file with these bytes. */
function fileOf(bytes: Buffer): string {
  const path = join(folder(), 'backup');
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}

async function sealed(archive: Buffer, recipient: Recipient): Promise<Buffer> {
  return Buffer.from(await new Response(await encrypt(ReadableStream.from([archive]), recipient)).arrayBuffer());
}

const nobody = async () => {
  throw new Error('nothing should be asked');
};
const about = { createdAt: '2026-01-01T00:00:00Z', version: '0.1.0', cluster: 'demo', url: 'https://a', revision: 1 };
const into = (path: string) => ({
  ...{ state: join(path, 'state'), plan: join(path, 'cluster.yaml'), now: new Date() },
  unencrypted: true,
});
const plain = { secret: nobody, unencrypted: true };
/** A new recovery key, as `muster recovery-key` makes one. */
async function newKey() {
  const { secret, publicKey } = await createRecoveryKey();
  return { secret, publicKey, signingKey: signingKeyOf(secret) };
}

describe('a backup', () => {
  it('restores the coordinator elsewhere: same CA, and credentials stay valid once confirmed', async () => {
    const before = await coordinatorIn(folder());
    const { credential } = await enrolled(before, 'node01');
    const archive = fileOf(await backupOf(before));
    await before.stop();

    const elsewhere = folder();
    const { about, planRestored } = await restore({ ...into(elsewhere), archive, replace: false, secret: nobody });
    expect(about).toMatchObject({ cluster: 'demo' });
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

  it('refuses to replace existing state, and moves it aside when told to', async () => {
    const path = folder();
    const coordinator = await coordinatorIn(path);
    const archive = fileOf(await backupOf(coordinator));
    await coordinator.stop();
    await expect(restore({ ...into(path), archive, replace: false, secret: nobody })).rejects.toMatchObject({
      code: 'state-there',
    });
    const { aside } = await restore({ ...into(path), archive, replace: true, secret: nobody });
    expect(existsSync(join(aside ?? '', 'ca.key'))).toBe(true);
    expect(readdirSync(path).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('is decrypted by its passphrase only', async () => {
    const coordinator = await coordinatorIn(folder());
    const bytes = await sealed(await backupOf(coordinator), { passphrase: 'correct horse battery' });
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 17\n/);
    expect(bytes.includes('PRIVATE KEY')).toBe(false);
    const archive = fileOf(bytes);
    const kinds: string[] = [];
    const attempt = (secret: string) =>
      restore({
        ...into(folder()),
        archive,
        replace: false,
        secret: async (kind) => {
          kinds.push(kind);
          return secret;
        },
      });
    await expect(attempt('correct horse batterx')).rejects.toMatchObject({ code: 'backup-locked' });
    expect((await attempt('correct horse battery')).about.cluster).toBe('demo');
    expect(kinds).toEqual(['passphrase', 'passphrase']);
    // scrypt deliberately takes a second of CPU time.
  }, 60_000);

  it('is refused as a whole when part of the encrypted file was changed, removed or appended', async () => {
    const coordinator = await coordinatorIn(folder());
    const { secret, publicKey, signingKey } = await newKey();
    await coordinator.operator('/v1/recovery-key', { body: { publicKey, signingKey } });
    const whole = await sealed(await backupOf(coordinator), { recoveryKey: publicKey });
    const flipped = (index: number) => {
      const changed = Buffer.from(whole);
      changed[index] = (changed[index] ?? 0) ^ 1;
      return changed;
    };
    for (const [bytes, code] of [
      [flipped(whole.length - 100), 'backup-damaged'],
      [flipped(whole.indexOf('\n---') + 10), 'backup-locked'],
      [whole.subarray(0, whole.length - 500), 'backup-damaged'],
      [whole.subarray(0, 60), 'backup-locked'],
      [Buffer.concat([whole, Buffer.from('x')]), 'backup-damaged'],
    ] as const) {
      const path = folder();
      const attempt = restore({ ...into(path), archive: fileOf(bytes), replace: false, secret: async () => secret });
      await expect(attempt).rejects.toMatchObject({ code });
      expect(readdirSync(path)).toEqual([]);
    }
  });

  it('of many chunks is refused when truncated at a chunk boundary', async () => {
    const { secret, publicKey, signingKey } = await newKey();
    const content = folder();
    writeFileSync(join(content, 'large'), randomBytes(300_000));
    const whole = await sealed(await pack(content, about, signingKey), { recoveryKey: publicKey });
    const payload = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1 + 16;
    const cut = whole.subarray(0, payload + 2 * (65_536 + 16));
    const attempt = (bytes: Buffer) =>
      unpack(fileOf(bytes), join(folder(), 'into'), { secret: async () => secret, unencrypted: false });
    expect(await attempt(whole)).toEqual(about);
    await expect(attempt(cut)).rejects.toMatchObject({ code: 'backup-damaged' });
  });

  it('is encrypted as a stream, never held whole in memory', async () => {
    const { publicKey } = await createRecoveryKey();
    let read = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1;
        controller.enqueue(new Uint8Array(65_536));
        if (read === 1000) controller.close();
      },
    });
    const reader = (await encrypt(source, { recoveryKey: publicKey })).getReader();
    for (let i = 0; i < 5; i += 1) await reader.read();
    expect(read).toBeLessThan(20);
    await reader.cancel();
  });

  it.each([
    ['a file that is not a backup', () => Buffer.from('x'.repeat(1000)), 'not-a-backup'],
    ['an empty file', () => Buffer.alloc(0), 'not-a-backup'],
    ['a truncated backup', (whole: Buffer) => whole.subarray(0, whole.length - 500), 'backup-damaged'],
  ])('refuses %s, and changes nothing', async (_, spoil, code) => {
    const coordinator = await coordinatorIn(folder());
    const archive = fileOf(spoil(await backupOf(coordinator)));
    const path = folder();
    await expect(restore({ ...into(path), archive, replace: false, secret: nobody })).rejects.toMatchObject({ code });
    expect(readdirSync(path)).toEqual([]);
  });

  it.each([
    ['more', (content: string) => writeFileSync(join(content, 'more'), 'more')],
    ['less', (content: string) => rmSync(join(content, 'ca.key'))],
  ])('with a file %s than its list is refused', async (_, change) => {
    const content = folder();
    writeFileSync(join(content, 'ca.key'), 'key');
    await pack(content, about, null);
    change(content);
    const tar = execFileSync('tar', ['-C', content, '-czf', '-', '.']);
    await expect(unpack(fileOf(tar), join(folder(), 'into'), plain)).rejects.toMatchObject({ code: 'backup-damaged' });
  });
});

describe('whose backup it is', () => {
  const attempt = (archive: string, secret: string) =>
    restore({ ...into(folder()), archive, replace: false, unencrypted: false, secret: async () => secret });

  async function withKey() {
    const coordinator = await coordinatorIn(folder());
    const key = await newKey();
    const { secret: _, ...body } = key;
    expect((await coordinator.operator('/v1/recovery-key', { body })).status).toBe(204);
    return { key, archive: await backupOf(coordinator) };
  }

  it('is proven by a signature with a key derived from the recovery key', async () => {
    const { key, archive } = await withKey();
    const own = await attempt(fileOf(await sealed(archive, { recoveryKey: key.publicKey })), key.secret);
    expect(own.about.cluster).toBe('demo');

    // Whoever knows the public half can encrypt a backup of another coordinator to it.
    const other = await withKey();
    const forged = fileOf(await sealed(other.archive, { recoveryKey: key.publicKey }));
    await expect(attempt(forged, key.secret)).rejects.toMatchObject({ code: 'backup-forged' });
    const unsigned = await backupOf(await coordinatorIn(folder()));
    const old = fileOf(await sealed(unsigned, { recoveryKey: key.publicKey }));
    await expect(attempt(old, key.secret)).rejects.toMatchObject({ code: 'backup-unsigned' });
  });

  it('is unknown without encryption: such a backup is refused unless the operator accepts it', async () => {
    const { archive } = await withKey();
    await expect(attempt(fileOf(archive), '')).rejects.toMatchObject({ code: 'backup-unencrypted' });
  });

  it('cannot be told for a file of an earlier format', async () => {
    const old = fileOf(Buffer.from('muster-backup 1\n{}\nx'));
    await expect(attempt(old, '')).rejects.toMatchObject({ code: 'backup-outdated' });
  });

  it('is signed anew for a new recovery key', async () => {
    const path = folder();
    const text = planText('backup: {every: 1d, keep: 2, copies: [node02]}\n');
    const coordinator = await coordinatorIn(path, { planText: text });
    const keys = [await newKey(), await newKey()];
    for (const { publicKey, signingKey } of keys) {
      expect((await coordinator.operator('/v1/recovery-key', { body: { publicKey, signingKey } })).status).toBe(204);
    }
    const copy = readdirSync(join(path, 'state/backups')).find((name) => name.endsWith('.age')) ?? '';
    const { about: made } = await attempt(join(path, 'state/backups', copy), keys[1]?.secret ?? '');
    expect(made.cluster).toBe('demo');
  });

  it('is made and encrypted for a recovery key that came from another coordinator', async () => {
    let now = Date.now();
    const path = folder();
    const state = join(path, 'state');
    const text = planText('backup: {every: 1d, keep: 5, copies: [node02]}\n');
    mkdirSync(state);
    writeFileSync(join(path, 'cluster.yaml'), text);
    const parsed = openPlanFile(join(path, 'cluster.yaml'), { news: createNews() }).current();
    const store = openStore(join(state, 'muster.db'));
    cleanUps.push(store.close);
    const keeper = createBackupKeeper({
      ...{ store, state, about: () => about, planFiles: () => [join(path, 'cluster.yaml')] },
      ...{ plan: () => parsed, now: () => new Date(now), log: silentLogger(), news: createNews() },
    });
    const [old, next] = [await newKey(), await newKey()];
    await keeper.setRecoveryKey(old);
    await sleep(20);
    writeFileSync(join(state, 'recovery-signing.key'), next.signingKey);
    writeFileSync(join(state, 'recovery.pub'), next.publicKey);
    now += 60_000;
    for (const _ of ['first', 'second']) await keeper.look();
    const { name = '' } = keeper.targetFor('node02').backup ?? {};
    expect((await attempt(join(state, 'backups', name), next.secret)).about.cluster).toBe('demo');
    expect(readdirSync(join(state, 'backups')).filter((one) => !one.endsWith('.age'))).toHaveLength(2);
  });
});

describe('scheduled backups', () => {
  it('are made when due and kept up to the planned number; hosts are offered encrypted copies', async () => {
    let now = Date.now();
    const path = folder();
    const text = planText('backup: {every: 1d, keep: 2, copies: [node02]}\n');
    const coordinator = await coordinatorIn(path, { planText: text, now: () => new Date(now) });
    const node02 = await enrolled(coordinator, 'node02');
    const node01 = await enrolled(coordinator, 'node01');
    now = Date.parse('2026-11-22T03:00:00Z');
    expect((await coordinator.operator('/v1/status')).body.notices).toMatchObject([{ code: 'no-recovery-key' }]);
    expect((await node02.target()).body.backup).toBeUndefined();

    const { secret, publicKey, signingKey } = await newKey();
    const wrong = { publicKey: `age1${'q'.repeat(58)}`, signingKey };
    expect((await coordinator.operator('/v1/recovery-key', { body: wrong })).body.code).toBe('recovery-key-invalid');
    // Setting the key also triggers the backups that are due.
    const look = () => coordinator.operator('/v1/recovery-key', { body: { publicKey, signingKey } });
    expect((await look()).status).toBe(204);
    expect((await coordinator.operator('/v1/status')).body.notices).toEqual([]);
    for (let day = 0; day < 3; day += 1) {
      now += 24 * 3600_000;
      await look();
    }
    await look();
    expect(readdirSync(join(path, 'state/backups')).sort()).toEqual([
      'muster-demo-20261124T030000Z.tar.gz',
      'muster-demo-20261125T030000Z.tar.gz',
      'muster-demo-20261125T030000Z.tar.gz.age',
    ]);
    const { backup } = (await node02.target()).body;
    expect(backup).toMatchObject({ name: 'muster-demo-20261125T030000Z.tar.gz.age', keep: 2 });
    expect((await node01.target()).body.backup).toBeUndefined();
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`, { headers: node01.headers })).status).toBe(404);
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`)).status).toBe(401);
    expect((await coordinator.ask(`/v1/backup-copies/${backup.name}`, { headers: node02.headers })).status).toBe(200);

    const copy = join(path, 'state/backups', backup.name);
    expect(readFileSync(copy).includes('PRIVATE KEY')).toBe(false);
    const elsewhere = folder();
    const other = (await createRecoveryKey()).secret;
    const attempt = (key: string) =>
      restore({ ...into(elsewhere), archive: copy, replace: false, secret: async () => key });
    await expect(attempt(other)).rejects.toMatchObject({ code: 'backup-locked' });
    await expect(attempt('not a key')).rejects.toMatchObject({ code: 'recovery-key-invalid' });
    await attempt(secret);
    expect(existsSync(join(elsewhere, 'state/ca.key'))).toBe(true);
  });
});
