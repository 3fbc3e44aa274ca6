import { chmod, lchown, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MusterError } from '../../../shared/errors/errors.ts';
import { unlessMissing } from '../../../shared/node/files.ts';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { openStore } from '../../store/store.ts';
import { type BackupAbout, manifestFiles, type UnpackOptions, unpack } from './archive.ts';
import { backupsName, databaseName } from './create.ts';
import { type Owner, placePlan } from './place-plan.ts';
import { copyBackups } from './untrusted.ts';

export interface RestoreOptions extends UnpackOptions {
  archive: string;
  /** The state folder to fill. */
  state: string;
  plan: string;
  /** Moves existing state aside instead of refusing. */
  replace: boolean;
  now: Date;
}

export interface RestoreResult {
  about: BackupAbout;
  /** Where the previous state was moved; null: there was none. */
  aside: string | null;
  /** false: the existing plan was kept. */
  planRestored: boolean;
}

/**
 * Replaces the coordinator's state with a backup, completely or not at all; no coordinator may be running. The database
 * is marked as restored: it is quarantined until confirmed. Throws MusterError `state-there` if state exists, and what
 * `unpack` throws.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { archive, state, plan, replace, now } = options;
  const before = await namesIn(state);
  const hasState = before.some((name) => name === databaseName || name.endsWith('.key'));
  if (hasState && !replace) {
    throw new MusterError('state-there', { folder: state });
  }
  const fresh = `${state}.restoring`;
  const suffix = `.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  await rm(fresh, { recursive: true, force: true });
  try {
    const about = await unpack(archive, fresh, options);
    markAsCopy(join(fresh, databaseName), now);
    const owner = await ownerOf(state);
    const planRestored = await placePlan({ from: join(fresh, 'plan'), plan, before: suffix, replace, owner });
    for (const name of ['plan', ...manifestFiles]) await rm(join(fresh, name), { recursive: true, force: true });
    await copyBackups(join(state, backupsName), join(fresh, backupsName));
    await settle(fresh, owner);
    const aside = hasState ? `${state}${suffix}` : null;
    if (aside !== null) await rename(state, aside);
    else await rm(state, { recursive: true, force: true });
    await rename(fresh, state);
    await sync(dirname(state));
    return { about, aside, planRestored };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function markAsCopy(database: string, now: Date): void {
  const store = openStore(database);
  try {
    const own = store.revision.current();
    const seen = Math.max(own, store.revision.restored()?.seen ?? 0);
    store.transaction(() => {
      store.revision.markRestored({ own, seen, since: now.getTime() });
      store.events.add(now.getTime(), 'database-restored', null, {
        en: `restored from a backup (revision ${own})`,
        zh: `已从备份恢复（修订号 ${own}）`,
      });
    });
  } finally {
    store.close();
  }
}

/** The coordinator's user: the owner of the state folder, otherwise the user of that name; null: keep the owner. */
async function ownerOf(state: string): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null;
  const there = await stat(state).catch(() => null);
  if (there !== null) return there;
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((one) => one.startsWith(`${coordinatorPaths.user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

/** Sets modes and owner, and syncs everything to disk. */
async function settle(folder: string, owner: Owner | null): Promise<void> {
  await chmod(folder, 0o700);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await chmod(path, entry.name.endsWith('.crt') ? 0o644 : 0o600);
    if (owner !== null) await lchown(path, owner.uid, owner.gid);
    if (entry.isFile()) await sync(path);
  }
  if (owner !== null) await lchown(folder, owner.uid, owner.gid);
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const namesIn = async (folder: string): Promise<string[]> => (await unlessMissing(readdir(folder))) ?? [];
