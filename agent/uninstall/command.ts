import { execa } from 'execa';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { prefix } from '../../shared/paths.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import { createHost } from '../host/host-linux.ts';
import type { AgentPaths } from '../paths.ts';
import { type PutBackResult, putBack } from './put-back.ts';

export interface UninstallOptions {
  purge?: boolean;
  giveUpCluster?: boolean;
  yes?: boolean;
}

/**
 * Runs the uninstall script, which asks for confirmation, calls `muster-agent put-back` and removes the agent's own
 * files. Returns its exit code. Throws MusterError `not-installed`.
 */
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

/** Restores what muster changed on this host and prints what remains. Throws MusterError `not-all-back`. */
export async function putBackHere(
  paths: AgentPaths,
  { purge = false, giveUpCluster = false }: UninstallOptions,
  say: (line: LocalText) => void,
): Promise<void> {
  const result = await putBack({ host: createHost(paths), paths, say, purge, giveUpCluster });
  for (const line of summary(result, paths)) say(line);
  if (result.failed.length === 0) return;
  throw new MusterError('not-all-back', { count: result.failed.length });
}

const titles = {
  kept: (prior: string): LocalText => ({
    en: `Changed since muster wrote them; kept. The originals are in ${prior}:`,
    zh: `在 muster 写入之后被更改过，予以保留；原始内容位于 ${prior}：`,
  }),
  failed: { en: 'Not restored:', zh: '未能还原：' },
  packages: {
    en: 'Packages that muster installed; kept (remove them with --purge):',
    zh: '由 muster 安装的软件包，予以保留（用 --purge 移除）：',
  },
  paths: { en: 'Paths of these packages:', zh: '属于这些软件包的路径：' },
  remains: { en: 'Differs from the state before muster:', zh: '与使用 muster 之前不同：' },
};

function summary({ kept, failed, packages, paths, remains }: PutBackResult, { prior }: AgentPaths): LocalText[] {
  const list = (title: LocalText, items: readonly LocalText[]) =>
    items.length === 0 ? [] : [title, ...items.map(({ en, zh }) => ({ en: `  ${en}`, zh: `  ${zh}` }))];
  return [
    ...list(titles.kept(prior), kept.map(verbatim)),
    ...list(titles.failed, failed),
    ...list(titles.packages, packages.map(verbatim)),
    ...list(titles.paths, paths.map(verbatim)),
    ...list(titles.remains, remains),
  ];
}
