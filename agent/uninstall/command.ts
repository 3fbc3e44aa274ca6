import { execa } from 'execa';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { prefix } from '../../shared/paths.ts';
import { createHost } from '../host/host-linux.ts';
import type { AgentPaths } from '../paths.ts';
import { type PutBackResult, putBack } from './put-back.ts';

export interface UninstallOptions {
  purge?: boolean;
  giveUpCluster?: boolean;
  yes?: boolean;
}

/** Hands over to the script that can remove the agent's own files, which asks, and runs `muster-agent put-back`. Returns its exit code. */
export async function uninstall({ purge, giveUpCluster, yes }: UninstallOptions): Promise<number> {
  const flags = [
    '--restore',
    ...(yes ? ['--yes'] : []),
    ...(purge ? ['--purge'] : []),
    ...(giveUpCluster ? ['--give-up-cluster'] : []),
  ];
  const script = `${prefix}/agent/uninstall.sh`;
  const result = await execa(script, flags, { stdio: 'inherit', reject: false });
  if (result.code === 'ENOENT') throw new MusterError('not-installed', { path: script });
  return result.exitCode ?? exitCode.failure;
}

/** Puts back what muster changed on this host, and says what stays. Throws MusterError `not-all-back`. */
export async function putBackHere(
  paths: AgentPaths,
  { purge = false, giveUpCluster = false }: UninstallOptions,
  say: (line: string) => void,
): Promise<void> {
  const result = await putBack({ host: createHost(paths), paths, say, purge, giveUpCluster });
  for (const line of summary(result, paths)) say(line);
  if (result.failed.length === 0) return;
  throw new MusterError('not-all-back', { count: result.failed.length });
}

function summary({ kept, failed, packages, paths, remains }: PutBackResult, { prior }: AgentPaths): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [title, ...items.map((item) => `  ${item}`)];
  return [
    ...list(`Changed since muster wrote them, and kept as they are; what stood there before is in ${prior}:`, kept),
    ...list('Not put back:', failed),
    ...list('Packages that muster installed, which stay (--purge takes them along):', packages),
    ...list('Paths that these packages own or made:', paths),
    ...list('Not as before:', remains),
  ];
}
