import { join } from 'node:path';
import { prefix } from '../../shared/paths.ts';
import type { HostView } from '../host/host.ts';
import type { AgentPaths } from '../paths.ts';
import { fingerprint } from './file.ts';
import {
  type FileRecord,
  type Fingerprint,
  readRecord,
  recordPath,
  saveRecord,
  type Thing,
  type ThingRecord,
} from './record.ts';
import { lookAtThing } from './thing.ts';

/** Folders that kubeadm and the network plugin write to. */
export const kubernetesFolders = { kubernetes: '/etc/kubernetes', cni: '/etc/cni' } as const;

/** How many fingerprints of muster's own versions are kept per file. */
const versionsKept = 4;

export interface Recorder {
  /** Whether the path may belong to somebody else; muster's own folders and Kubernetes' are not recorded. */
  covers(path: string): boolean;
  /** Records a file's state. Called before `next` is written to `path`. */
  file(path: string, next: Fingerprint): Promise<void>;
  /** Records a setting's state. Called before it is changed. */
  thing(thing: Thing): Promise<void>;
  /** null: nothing was recorded. Throws MusterError `prior-unreadable`. */
  recall(thing: Thing): Promise<ThingRecord | null>;
}

/**
 * Records the host's state before muster's first change, which uninstall restores. Invariant: a record is on disk
 * before its change, and the state before muster is never overwritten. Excluded are muster's own folders, volatile
 * paths, and Kubernetes' folders; those below /etc are recorded as a whole.
 */
export function createRecorder(paths: AgentPaths, host: HostView): Recorder {
  const skipped = [
    paths.state,
    paths.volatile,
    join(paths.config, '..'),
    prefix,
    '/run',
    '/proc',
    '/sys',
    '/var/lib/kubelet',
    ...Object.values(kubernetesFolders),
  ];

  const covers = (path: string) => !skipped.some((folder) => path === folder || path.startsWith(`${folder}/`));

  return {
    covers,
    async file(path, next) {
      if (!covers(path)) return;
      const before = await readRecord(recordPath(paths, { path }));
      if (before === null) {
        const was = await host.fileState(path);
        if (was !== null) await saveRecord(paths, { kind: 'file', path, was, wrote: [next], foreign: false });
      } else if (before.kind === 'file' && before.wrote.at(-1) !== next) {
        await saveRecord(paths, await rewritten(host, before, next));
      }
    },
    async thing(thing) {
      if (await host.exists(recordPath(paths, thing))) return;
      await saveRecord(paths, await lookAtThing(thing, host));
    },
    async recall(thing) {
      const record = await readRecord(recordPath(paths, thing));
      return record?.kind === 'file' ? null : record;
    },
  };
}

async function rewritten(host: HostView, record: FileRecord, next: Fingerprint): Promise<FileRecord> {
  const now = await host.fileState(record.path);
  const known = now === null || [...record.wrote, fingerprint(record.was)].includes(fingerprint(now));
  const wrote = [...record.wrote.filter((version) => version !== next), next].slice(-versionsKept);
  return { ...record, wrote, foreign: record.foreign || !known };
}
