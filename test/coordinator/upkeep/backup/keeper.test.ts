import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restore } from '../../../../coordinator/upkeep/backup/restore.ts';
import { createRecoveryKey } from '../../../../shared/node/age.ts';
import { enrolled, planText } from '../../support.ts';
import { coordinatorIn, folder, into, newKey } from './backup-support.ts';

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
