import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../../coordinator/upkeep/backup/archive.ts';
import { restore } from '../../../../coordinator/upkeep/backup/restore.ts';
import { createRecoveryKey, encrypt } from '../../../../shared/node/age.ts';
import { bearer, enrolled, planText } from '../../support.ts';
import {
  about,
  backupOf,
  coordinatorIn,
  fileOf,
  folder,
  into,
  newKey,
  nobody,
  plain,
  sealed,
} from './backup-support.ts';

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

  it('refuses to replace existing state, and moves it aside with --replace', async () => {
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
  });

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

  it('that unpacks to more than its limit is refused before it fills the disk', async () => {
    const content = folder();
    writeFileSync(join(content, 'zeros'), Buffer.alloc(8_000_000));
    const archive = fileOf(await pack(content, about, null));
    const target = join(folder(), 'into');
    const attempt = unpack(archive, target, { ...plain, most: 1_000_000 });
    await expect(attempt).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(existsSync(join(target, 'zeros')) ? statSync(join(target, 'zeros')).size : 0).toBeLessThan(2_000_000);
  });

  it('with a huge list is refused without reading it, and one of too many files without unpacking them', async () => {
    const content = folder();
    await pack(content, about, null);
    writeFileSync(join(content, 'manifest.json'), '['.repeat(40_000_000));
    const packed = (path: string) => fileOf(execFileSync('tar', ['-C', path, '-czf', '-', '.']));
    const attempt = (archive: string, target: string) => unpack(archive, target, plain);
    const huge = packed(content);
    const before = process.cpuUsage();
    await expect(attempt(huge, join(folder(), 'into'))).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);

    const many = folder();
    for (let i = 0; i < 20_000; i += 1) writeFileSync(join(many, `f${i}`), '');
    const target = join(folder(), 'into');
    await expect(attempt(packed(many), target)).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(readdirSync(target).length).toBeLessThan(19_000);
  });

  it('that tar complains about is refused in few words', async () => {
    const content = folder();
    writeFileSync(join(content, 'x'), '');
    const names = Array.from({ length: 500 }, (_, i) => `--transform=s,x,/${'a'.repeat(100)}${i},`);
    const parts = names.map((name) => execFileSync('tar', ['-C', content, '-P', name, '-cf', '-', './x']));
    const archive = fileOf(
      gzipSync(Buffer.concat([...parts.map((part) => part.subarray(0, 512)), Buffer.from('junk')])),
    );
    const failure = await unpack(archive, join(folder(), 'into'), plain).catch((error) => error);
    expect(failure).toMatchObject({ code: 'backup-damaged' });
    expect(failure.message.length).toBeLessThan(1500);
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
