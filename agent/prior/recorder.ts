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

/** Where kubeadm and the network plugin write. */
export const kubernetesFolders = { kubernetes: '/etc/kubernetes', cni: '/etc/cni' } as const;

/** How many of muster's own versions of a file are known again. */
const versionsKept = 4;

export interface Recorder {
  /** Called before `path` comes to hold `next`. */
  file(path: string, next: Fingerprint): Promise<void>;
  /** Called before the thing is changed. */
  thing(thing: Thing): Promise<void>;
  /** null: nothing was recorded. Throws MusterError `prior-unreadable`. */
  recall(thing: Thing): Promise<ThingRecord | null>;
}

/**
 * Keeps what the host had before muster changed it for the first time: taking muster off a host puts back exactly that. Invariant: a
 * record is on the disk before its change, and what it says of the time before muster is never written over. muster's own folders are
 * left out, and what is of no worth after a reboot or belongs to Kubernetes: its folders below /etc have a record as a whole.
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

  return {
    async file(path, next) {
      if (skipped.some((folder) => path === folder || path.startsWith(`${folder}/`))) return;
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
