import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnect } from '../../../coordinator/replica/credential.ts';
import { createFiles } from '../../../coordinator/replica/files/files.ts';
import { createReplica } from '../../../coordinator/replica/replica.ts';
import { createNews } from '../../../coordinator/store/news.ts';
import { openStore } from '../../../coordinator/store/store.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Api } from './api-server.ts';

/** Fast enough for tests, slow enough for a loaded machine. */
export const timing = { tick: 50, request: 700, hold: 2000, duration: 3000, jitter: 100, afterFailure: 4000 };

/** A coordinator's shared part with its own folder and database, on the control plane `host`. */
export function createOne(api: Api, host: string, folder = mkdtempSync(join(tmpdir(), 'muster-replica-'))) {
  const paths = { plan: join(folder, 'cluster.yaml'), state: join(folder, 'state'), kubeconfig: join(folder, 'kube') };
  mkdirSync(paths.state, { recursive: true });
  writeFileSync(paths.kubeconfig, api.kubeconfig(host));
  const news = createNews();
  const store = openStore(join(folder, 'db'), { news });
  const state = {
    leaving: [] as string[],
    controlPlanes: ['master01', 'master02', 'master03'],
    filesWritten: 0,
    isPlanValid: true,
  };
  const replica = createReplica({
    store,
    news,
    log: silentLogger(),
    now: () => new Date(),
    connect: createConnect(paths.kubeconfig, timing.request),
    files: createFiles({ ...paths, planFiles: () => [paths.plan, join(folder, 'archive.tgz')].filter(existsSync) }),
    controlPlanes: () => state.controlPlanes,
    isLeaving: (name) => state.leaving.includes(name),
    url: (name) => `https://${name}:7443`,
    isPlanValid: () => state.isPlanValid,
    onFiles: () => {
      state.filesWritten += 1;
    },
    timing,
    compactAfter: 5,
  });
  return {
    ...{ folder, paths, store, news, replica, state },
    standing: replica.standing,
    start: replica.start,
    async stop({ keep = false } = {}) {
      await replica.stop();
      store.close();
      if (!keep) rmSync(folder, { recursive: true });
    },
  };
}

export type One = ReturnType<typeof createOne>;

/** As when its disk is full: the plan and other files cannot be written. */
export function breakFiles({ store, paths, folder }: One): void {
  store.transaction = () => {
    throw new MusterError('disk-full', { path: paths.plan, folder });
  };
}

/** As when its disk is full. Returns what makes it usable again. */
export function breakDatabase({ folder }: One): () => void {
  const run = (sql: string) => {
    const db = new DatabaseSync(join(folder, 'db'));
    db.exec(sql);
    db.close();
  };
  run("CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE(FAIL, 'full'); END");
  return () => run('DROP TRIGGER broken');
}

/** Makes the coordinator the one that has run the cluster alone so far. */
export function founder(api: Api, one: One, plan = 'cluster: demo\n'): void {
  writeFileSync(one.paths.plan, plan);
  one.store.transaction(() => {
    one.store.cluster.set({ caPem: api.caPem, caSha256: caOf(api.caPem) });
    one.store.hosts.enrol(host('node01'));
  });
}

const caOf = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

export const host = (name: string, now = Date.now()) => ({
  ...{ name, credentialSha256: `hash of ${name}`, agentVersion: '0.1.0', bootId: 'b', machineId: 'm', now },
});

export async function until(holds: () => boolean, what: string, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(10);
  }
}
