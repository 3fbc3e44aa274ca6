import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { readIfThere, writeAtomically } from '../../shared/node/files.ts';
import { hostName } from '../../shared/protocol/text.ts';

const fileSchema = z.array(hostName);

/**
 * The hosts that this control plane's plans have named. Nodes of other names are not muster's, and are never deleted.
 */
export async function openKnownHosts(path: string) {
  const known = new Set(fileSchema.safeParse(jsonOrUndefined((await readIfThere(path)) ?? '')).data ?? []);
  let writing = Promise.resolve();

  return {
    note(names: readonly string[]): void {
      const fresh = names.filter((name) => !known.has(name));
      if (fresh.length === 0) return;
      for (const name of fresh) known.add(name);
      const text = `${JSON.stringify([...known])}\n`;
      // If it cannot be written, the hosts of the current plan are still known.
      writing = writing.then(() => writeAtomically(path, text, { mode: 0o600 })).catch(() => undefined);
    },
    has: (name: string): boolean => known.has(name),
    /** Resolves when all is on disk. */
    settled: () => writing,
  };
}
