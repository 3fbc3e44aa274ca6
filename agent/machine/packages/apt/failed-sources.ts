import { z } from 'zod';
import { jsonOrUndefined } from '../../../../shared/json.ts';
import { agentPaths } from '../../../../shared/paths.ts';
import type { Host, HostView } from '../../../host/host.ts';
import type { BrokenSource } from '../packages.ts';
import type { SourceFiles } from './source-files.ts';

/** Entries that failed in the last `apt-get update`, with their text, so that an edited entry is not reported. */
const path = `${agentPaths.state}/failed-sources.json`;
const schema = z.array(
  z.object({ path: z.string(), first: z.number(), last: z.number(), reason: z.string(), text: z.string() }),
);

export async function recordFailed(
  files: Pick<Host, 'writeFile'>,
  failed: readonly BrokenSource[],
  sources: SourceFiles,
): Promise<void> {
  const record = failed.map((one) => ({ ...one, text: textOf(one, sources) }));
  await files.writeFile(path, JSON.stringify(record), { mode: 0o600 });
}

export async function recordedFailed(host: HostView, sources: SourceFiles): Promise<BrokenSource[]> {
  const record = schema.safeParse(jsonOrUndefined((await host.readFile(path)) ?? ''));
  return (record.data ?? []).flatMap(({ text, ...one }) => (textOf(one, sources) === text ? [one] : []));
}

function textOf({ path, first, last }: BrokenSource, sources: SourceFiles): string {
  const file = sources.find((one) => one.path === path);
  return (file?.text ?? '')
    .split('\n')
    .slice(first - 1, last)
    .join('\n');
}
