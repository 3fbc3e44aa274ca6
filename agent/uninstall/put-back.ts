import { textOf } from '../../shared/errors/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { openJournal } from '../loop/journal.ts';
import type { AgentPaths } from '../paths.ts';
import { dropRecord, type FileRecord, type PriorRecord, readRecords, type ThingRecord } from '../prior/record.ts';
import { packageChanges, packageChangesFile } from '../steps/package-changes.ts';
import { putFileBack, removeMadeFolders } from './files.ts';
import { leaveCluster } from './leave.ts';
import { disableOwnUnits, disableUnits, purgePackages } from './packages.ts';
import { reloadFor } from './reload.ts';
import { putThingBack } from './things.ts';

export interface PutBackOptions {
  host: Host;
  paths: AgentPaths;
  say(line: LocalText): void;
  /** Also purges the packages that muster installed. */
  purge: boolean;
  /** Destroys the cluster if this host holds it. */
  giveUpCluster: boolean;
}

export interface PutBackResult {
  /** Paths of files that the operator has changed; they stay. */
  kept: string[];
  /** Descriptions of what could not be restored; the next run retries them. */
  failed: LocalText[];
  /** Packages installed by muster that remain. */
  packages: string[];
  /** Paths below /etc that those packages own or created, and folders that stay because of them. */
  paths: string[];
  /** Descriptions of other differences from the state before muster. */
  remains: LocalText[];
}

/** Kernel settings follow the files that set them; swap comes last, once its units are unmasked. */
const order = ['file', 'selinux', 'sysctl', 'module', 'host-name', 'hold', 'unit', 'folder', 'swap'] as const;

/**
 * Restores everything that was recorded. Each record is deleted once its thing is restored, so that an interrupted run
 * can be continued. Throws MusterError if the host cannot leave its cluster; nothing has been restored then.
 */
export async function putBack({ host, paths, say, purge, giveUpCluster }: PutBackOptions): Promise<PutBackResult> {
  // Kubernetes state that muster did not create belongs to the operator.
  const journal = await openJournal(host, paths.journal, silentLogger());
  if (journal.owns()) await leaveCluster(host, { giveUpCluster, say });
  const changes = await packageChanges(host);
  await disableUnits(host, changes);
  const packages = purge ? await purgePackages(host, changes, say) : changes.packages;

  const result: PutBackResult = { kept: [], failed: [], packages, paths: [], remains: [] };
  const records = (await readRecords(paths)).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const files = records.flatMap((record) => (record.kind === 'file' ? [record] : []));
  const back: FileRecord[] = [];
  await disableOwnUnits(host, files);
  for (const record of files) {
    await attempt(record, result, async () => {
      if ((await putFileBack(host, record)) === 'kept') return void result.kept.push(record.path);
      say({ en: `restored: ${record.path}`, zh: `已还原：${record.path}` });
      back.push(record);
    });
  }
  // Deepest folders first, because one may have been created inside another.
  const madeFor = (record: FileRecord) => (record.was.state === 'absent' ? (record.was.made?.length ?? 0) : 0);
  const folders = new Set<string>();
  for (const record of back.toSorted((a, b) => madeFor(b) - madeFor(a))) {
    for (const folder of await removeMadeFolders(host, record)) folders.add(folder);
  }
  for (const record of back) await dropRecord(paths, record);
  await reloadFor(
    host,
    back.map(({ path }) => path),
  );

  const things = records.filter((record): record is ThingRecord => record.kind !== 'file');
  for (const record of things) {
    await attempt(record, result, async () => {
      result.remains.push(...(await putThingBack(record, host)));
      await dropRecord(paths, record);
    });
  }

  const left = await Promise.all(changes.paths.map(async (path) => ((await host.exists(path)) ? [path] : [])));
  result.paths = [...left.flat(), ...folders].sort();
  if (result.failed.length === 0) await host.removeTree(packageChangesFile);
  return result;
}

async function attempt(record: PriorRecord, result: PutBackResult, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const what = record.kind === 'file' ? record.path : `${record.kind} ${record.name}`;
    const { en, zh } = textOf(error);
    result.failed.push({ en: `${what}: ${en}`, zh: `${what}：${zh}` });
  }
}
