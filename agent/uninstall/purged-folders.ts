import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { fileStateSchema } from '../prior/record.ts';
import type { PackageChanges } from '../steps/package-changes.ts';

/** Purging a runtime's package deletes its whole folder, with files that were there before the package. */
const folders = ['/etc/containerd', '/etc/docker'];
const saved = `${agentPaths.state}/files-before-purge.json`;
const savedSchema = z.record(z.string(), fileStateSchema);
type Saved = z.infer<typeof savedSchema>;

/** Runs the purge and restores the files of others that it deleted, also after a run that was interrupted. */
export async function keepingFilesOfOthers(host: Host, changes: PackageChanges, purge: () => Promise<void>) {
  const files = await saveFiles(host, changes);
  await purge();
  for (const [path, state] of Object.entries(files))
    if ((await host.fileState(path))?.state === 'absent') await host.restore(path, state);
  await host.removeTree(saved);
}

async function saveFiles(host: Host, { paths }: PackageChanges): Promise<Saved> {
  const text = await host.readFile(saved);
  if (text !== null) return parseJson(savedSchema, text);
  const found = (await Promise.all(folders.map((folder) => host.below(folder)))).flatMap((below) => below ?? []);
  const files: Saved = {};
  for (const path of found.filter((one) => !paths.includes(one))) {
    const state = await host.fileState(path);
    if (state !== null) files[path] = state;
  }
  await host.writeFile(saved, JSON.stringify(files), { mode: 0o600 });
  return files;
}
