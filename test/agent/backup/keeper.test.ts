import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createClusterBackups } from '../../../agent/backup/keeper.ts';
import { makeClusterBackup } from '../../../agent/backup/make.ts';
import { openShelf, type Shelf } from '../../../agent/backup/shelf.ts';
import { clusterBackupFacts, readBackupState, writeBackupState } from '../../../agent/backup/state.ts';
import { verifyClusterBackup } from '../../../agent/backup/verify.ts';
import type { Containers, ContainerWork } from '../../../agent/etcd/container.ts';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { clusterBackupFactsSchema } from '../../../shared/protocol/etcd-facts.ts';
import { namespaceOf, startGateway } from '../etcd/gateway-server.ts';
import { fakeHost } from '../fake-host.ts';

const etcd = await startGateway();
const scratch = mkdtempSync(join(tmpdir(), 'muster-cluster-backup-'));
afterAll(async () => {
  etcd.close();
  await rm(scratch, { recursive: true });
});

const db = Buffer.alloc(512, 'etcd');
const snapshot = Buffer.concat([db, createHash('sha256').update(db).digest()]);
const line = JSON.stringify({ result: { blob: snapshot.toString('base64') } });
const kv = { key: 'azE=', mod_revision: '2', version: '1' };
const manifest = `spec: {containers: [{image: "registry.k8s.io/etcd:3.4.13-0", command: [etcd, --name=master01,
  --data-dir=/var/lib/etcd, "--initial-advertise-peer-urls=https://192.168.0.130:2380"]}]}`;

let shelf: Shelf;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(scratch, 'shelf-'));
  shelf = openShelf(folder);
  etcd.answers.set('/v3/maintenance/snapshot', { status: 200, body: `${line}\n` });
  etcd.answers.set('/v3/kv/range', { status: 200, body: JSON.stringify({ header: {}, kvs: [kv] }) });
});

const host = (files: Record<string, string> = {}, now = '2026-11-30T01:00:00Z') =>
  fakeHost({
    files: { ...etcd.files, [etcdManifest]: manifest, ...files },
    now: new Date(now),
    programs: {
      async cp(args) {
        const target = args.at(-1) ?? '';
        await mkdir(target);
        await writeFile(join(target, 'ca.key'), 'secret');
        return '';
      },
    },
  });
const make = () => makeClusterBackup({ host: host(), shelf, name: 'master01', endpoint: etcd.url });

describe('a backup of the cluster', () => {
  it('has the snapshot, the PKI, and what etcd held', async () => {
    const name = await make();
    expect(await readFile(join(shelf.path(name), 'snapshot.db'))).toEqual(snapshot);
    expect(await shelf.newest()).toMatchObject({
      ...{ name: 'cluster-20261130T010000Z', host: 'master01', image: 'registry.k8s.io/etcd:3.4.13-0' },
      ...{ revision: '7', keys: 1, files: { 'pki/ca.key': createHash('sha256').update('secret').digest('hex') } },
    });
  });

  it('does not appear when the snapshot breaks off', async () => {
    etcd.answers.set('/v3/maintenance/snapshot', { status: 200, body: '' });
    await expect(make()).rejects.toMatchObject({ code: 'etcd-snapshot-damaged' });
    expect(await shelf.names()).toEqual([]);
  });

  it('needs a member on this host', async () => {
    const made = makeClusterBackup({ host: fakeHost(), shelf, name: 'master01' });
    await expect(made).rejects.toMatchObject({ code: 'no-etcd-member' });
  });

  it('is replaced by newer ones', async () => {
    for (const hour of ['01', '02', '03']) await mkdir(shelf.path(`cluster-20261130T${hour}0000Z`));
    await shelf.keep(2);
    expect(await shelf.names()).toEqual(['cluster-20261130T020000Z', 'cluster-20261130T030000Z']);
    expect(await shelf.newest()).toBeNull();
  });
});

describe('data that replaced the cluster’s', () => {
  const [first, second] = ['1b4e28ba-2fa1-4d2b-883f-0016d3cca427', '6fa459ea-ee8a-4ca4-894e-db77e160355e'];
  const record = `${agentPaths.state}/created-cluster`;
  const cluster = JSON.stringify({ caSha256: 'x', etcd: { mountPoint: '/', uuid: '', kind: '' } });
  const older = ['cluster-20261128T010000Z', 'cluster-20261129T000000Z'];

  function keeper(machine: ReturnType<typeof host>) {
    const means = { upload: async () => undefined, onChange: () => undefined };
    const kept = createClusterBackups({ host: machine, log: silentLogger(), folder, endpoint: etcd.url, ...means });
    kept.want({ everyMs: 86_400_000, keep: 1, name: 'master01', runtime: 'docker' });
    return kept;
  }

  it('is not backed up, and the backups of the cluster’s data are kept', async () => {
    for (const name of older) await mkdir(shelf.path(name));
    etcd.answers.set('/v3/kv/range', namespaceOf(second));
    const machine = host({ [record]: JSON.stringify({ ...JSON.parse(cluster), dataUid: first }) });
    await keeper(machine).look();
    expect(await shelf.names()).toEqual(older);
    const { failure } = await readBackupState(folder);
    expect(failure).toMatchObject({ what: 'backup', message: { en: expect.stringContaining(second) } });
    await expect(
      makeClusterBackup({ host: machine, shelf, name: 'master01', endpoint: etcd.url }),
    ).rejects.toMatchObject({ code: 'etcd-data-replaced', params: { recorded: first, found: second } });
  });

  it('is found by the identity that each look records, also while no backup is due', async () => {
    etcd.answers.set('/v3/kv/range', namespaceOf(first));
    const machine = host({ [record]: cluster });
    await makeClusterBackup({ host: machine, shelf, name: 'master01', endpoint: etcd.url });
    expect(await shelf.newest()).toMatchObject({ dataUid: first });
    const { look } = keeper(machine);
    await look();
    expect(JSON.parse(machine.content(record))).toMatchObject({ dataUid: first });
    expect(await shelf.names()).toHaveLength(1);
  });

  it('is backed up at once if it is a new cluster’s, whatever backups of an earlier one are here', async () => {
    etcd.answers.set('/v3/kv/range', namespaceOf(first));
    await makeClusterBackup({ host: host(), shelf, name: 'master01', endpoint: etcd.url });
    etcd.answers.set('/v3/kv/range', namespaceOf(second));
    const machine = host({ [record]: cluster }, '2026-11-30T01:05:00Z');
    await keeper(machine).look();
    expect(await shelf.newest()).toMatchObject({ dataUid: second });
    await keeper(machine).look();
    expect(await shelf.names()).toHaveLength(1);
  });

  it('is not assumed while etcd does not answer', async () => {
    etcd.answers.set('/v3/kv/range', { status: 503, body: '' });
    const machine = host({ [record]: cluster });
    await keeper(machine).look();
    expect(machine.content(record)).toBe(cluster);
    expect((await readBackupState(folder)).failure?.message.en).not.toContain('replaced');
  });
});

describe('verification', () => {
  /** Containers in which the tool and etcd itself end with these exit codes, at once. */
  function containers(exits: Partial<Record<string, number>>) {
    const ran: ContainerWork[] = [];
    const all: Containers = {
      async run(work) {
        ran.push(work);
        return { exitCode: exits[work.program] ?? 0, stdout: '', stderr: '' };
      },
      remove: async () => undefined,
    };
    return { all, ran };
  }

  async function verify(exits: Partial<Record<string, number>> = {}) {
    const name = await make();
    const backup = await shelf.newest();
    if (backup === null) throw new Error('no backup');
    const { all, ran } = containers(exits);
    const work = verifyClusterBackup({ host: host(), containers: all, folder: shelf.path(name) }, backup);
    return { work, ran };
  }

  it('refuses a backup whose files changed', async () => {
    const name = await make();
    const backup = await shelf.newest();
    await writeFile(join(shelf.path(name), 'pki', 'ca.key'), 'other');
    const means = { host: host(), containers: containers({}).all, folder: shelf.path(name) };
    await expect(backup && verifyClusterBackup(means, backup)).rejects.toMatchObject({
      code: 'cluster-backup-damaged',
    });
  });

  it('restores with etcdutl, or with etcdctl where the image has no etcdutl', async () => {
    const { work, ran } = await verify({ etcdutl: 127, etcdctl: 1 });
    await expect(work).rejects.toMatchObject({ code: 'etcd-restore-failed' });
    expect(ran.map(({ program }) => program)).toEqual(['etcdutl', 'etcdctl']);
    expect(ran[1]?.args).toContain('--initial-cluster-token');
  });

  it('leaves nothing behind', async () => {
    const { work } = await verify({ etcdutl: 1, etcdctl: 1 });
    await expect(work).rejects.toMatchObject({ code: 'etcd-restore-failed' });
    expect(await readdir(folder)).toEqual(await shelf.names());
  });
});

describe('facts of backups', () => {
  it('are absent before the first', async () => {
    expect(await clusterBackupFacts(folder, new Date())).toBeNull();
  });

  it('say what is newest and since when it is known to be restorable', async () => {
    const name = await make();
    const verified = { name, at: '2026-11-30T03:12:00Z' };
    await writeBackupState(folder, { verified, failure: null, request: 'r1' });
    const facts = await clusterBackupFacts(folder, new Date('2026-12-02T03:13:00Z'));
    expect(facts).toEqual({
      newest: { name, at: '2026-11-30T01:00:00.000Z', keys: 1, isTestable: true },
      verified: { ...verified, days: 2 },
      failure: null,
      request: 'r1',
    });
    expect(clusterBackupFactsSchema.parse(facts)).toEqual(facts);
  });
});
