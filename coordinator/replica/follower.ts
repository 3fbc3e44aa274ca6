import type { Store } from '../store/store.ts';
import { type Files, isOfPlan } from './files/files.ts';
import type { Batch, Log } from './log.ts';
import type { Memory } from './memory.ts';

export interface FollowerOptions {
  store: Store;
  memory: Memory;
  files: Files;
  /** Called when the plan file was written. */
  onFiles: () => void;
}

export type Follower = ReturnType<typeof createFollower>;

/** Keeps this coordinator's database and files equal to the log. */
export function createFollower({ store, memory, files, onFiles }: FollowerOptions) {
  let isEqual = false;

  /** Files only advance: one that the operator edited while nobody else wrote is newer than the log. */
  async function applyFiles({ sequence, changes }: Batch): Promise<boolean> {
    const fileChanges = changes.filter(files.isFile);
    try {
      if (sequence > memory.sequence()) return await files.apply(fileChanges);
      await files.know(fileChanges);
      // One that is missing here is no edit.
      return await files.apply(fileChanges.filter(isOfPlan));
    } catch (error) {
      // The whole log has what this batch lacks.
      isEqual = false;
      throw error;
    }
  }

  /** Files first: after a crash in between the batch is applied again. */
  async function apply(batch: Batch, how: 'apply' | 'replace'): Promise<void> {
    const haveFilesChanged = await applyFiles(batch);
    store.transaction(() => {
      store.replicated[how](batch.changes.filter((change) => !files.isFile(change)));
      store.revision.follow(batch.revision);
      memory.contains(batch.sequence);
    });
    if (haveFilesChanged) onFiles();
  }

  /** Takes over a whole state. */
  async function adopt(batch: Batch): Promise<void> {
    await apply(batch, 'replace');
    isEqual = true;
  }

  /** The log was left from before this coordinator became the only one, so its own state is newer. */
  const isPast = ({ revision }: Batch): boolean => memory.sequence() === 0 && revision <= store.revision.current();

  return {
    adopt,
    isPast,
    /** Forgets that the database equals the log, because this coordinator may have changed it. */
    diverged(): void {
      isEqual = false;
    },
    /** Reads up to `head`. false: the log is empty, or was left from the past. */
    async follow(log: Log, head: number): Promise<boolean> {
      if (!isEqual) {
        const state = await log.load();
        if (state === null || isPast(state)) return false;
        await adopt(state);
      }
      while (memory.sequence() < head) {
        const batch = await log.read(memory.sequence() + 1);
        if (batch === null) {
          isEqual = false;
          return true;
        }
        await apply(batch, 'apply');
      }
      return true;
    },
  };
}
