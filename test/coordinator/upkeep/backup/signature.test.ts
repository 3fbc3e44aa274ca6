import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openPlanFile } from '../../../../coordinator/plan/plan-file.ts';
import { createNews } from '../../../../coordinator/store/news.ts';
import { openStore } from '../../../../coordinator/store/store.ts';
import { createBackupKeeper } from '../../../../coordinator/upkeep/backup/keeper.ts';
import { restore } from '../../../../coordinator/upkeep/backup/restore.ts';
import { silentLogger } from '../../../../shared/logger.ts';
import { planText } from '../../support.ts';
import { about, backupOf, cleanUps, coordinatorIn, fileOf, folder, into, newKey, sealed } from './backup-support.ts';

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

  it('is unknown for a file of an earlier format', async () => {
    const old = fileOf(Buffer.from('muster-backup 1\n{}\nx'));
    await expect(attempt(old, '')).rejects.toMatchObject({ code: 'backup-outdated' });
  });

  it('is signed again with a new recovery key', async () => {
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
