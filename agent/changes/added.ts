import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import type { Added } from '../machine/merged-list.ts';

/** Which list items of a merged file are muster's, so that a plan that drops one removes it and nothing of the site. */
const recordOf = (path: string) => `${agentPaths.state}/added/${encodeURIComponent(path)}.json`;

const schema = z.record(z.string(), z.array(z.string()));

/** Empty if nothing is recorded. */
export async function readAdded(host: Pick<Host, 'readFile'>, path: string): Promise<Added> {
  const text = await host.readFile(recordOf(path));
  return schema.safeParse(jsonOrUndefined(text ?? '{}')).data ?? {};
}

/**
 * Writes a merged file. The record holds old and new items until the write is done, so that none is mistaken for the
 * site's after a crash.
 */
export async function whileAdding(
  host: Host,
  { path, added }: { path: string; added: Added },
  write: () => Promise<void>,
): Promise<void> {
  const before = await readAdded(host, path);
  const save = (next: Added) => host.writeFile(recordOf(path), `${JSON.stringify(next)}\n`, { mode: 0o600 });
  const keys = [...new Set([...Object.keys(before), ...Object.keys(added)])];
  const both = keys.map((key) => [key, [...new Set([...(before[key] ?? []), ...(added[key] ?? [])])]] as const);
  if (JSON.stringify(before) !== JSON.stringify(added)) await save(Object.fromEntries(both));
  await write();
  if (JSON.stringify(before) !== JSON.stringify(added)) await save(added);
}
