import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import type { Release } from '../../shared/protocol/release.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import { reloadUnits } from '../machine/unit.ts';
import type { AgentPaths } from '../paths.ts';

export const programs = ['agent', 'runtime'] as const;
export type Program = (typeof programs)[number];

interface Means {
  paths: AgentPaths;
  host: Host;
  client: Pick<Client, 'download'>;
}

/**
 * Programs below /opt/muster: one folder per release and a link to the one in use. deploy/common.sh uses the same
 * layout.
 */
export function createPrograms({ paths, host, client }: Means) {
  const releases = join(paths.programs, 'releases');
  const linkTo = (program: Program, sha256: string) => `releases/${program}-${sha256.slice(0, 12)}`;

  /**
   * Downloads and unpacks a release unless it is complete on disk. Returns its link target. Throws MusterError
   * `update-mismatch` or `update-unpack`.
   */
  async function fetch(program: Program, file: string, { files }: Release, signal: AbortSignal): Promise<string> {
    const sha256 = files[file];
    if (sha256 === undefined)
      throw new MusterError('update-mismatch', { seen: { en: `it has no ${file}`, zh: `其中没有 ${file}` } });
    const link = linkTo(program, sha256);
    const folder = join(paths.programs, link);
    if (await host.exists(join(folder, '.complete'))) return link;
    const content = await client.download(`/artefacts/${file}`, signal);
    if (hash('sha256', content) !== sha256) {
      throw new MusterError('update-mismatch', {
        seen: { en: `the checksum of ${file} differs`, zh: `${file} 的校验和不一致` },
      });
    }
    const partial = `${folder}.partial`;
    const archive = join(paths.update, file);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await writeAtomically(archive, content, { mode: 0o600, folderMode: 0o700 });
    const tar = await host.run('tar', ['-xzf', archive, '-C', partial, '--no-same-owner'], { timeoutMs: 300_000 });
    await rm(archive, { force: true });
    if (tar.exitCode !== 0) {
      throw new MusterError('update-unpack', { file, reason: tar.stderr.trim(), folder: releases });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    await host.run('sync', ['-f', releases]);
    await writeAtomically(join(folder, '.complete'), '');
    return link;
  }

  return {
    fetch,
    /** Link target of the release in use; null: not installed from a release. */
    current: (program: Program) => host.readLink(join(paths.programs, program)),
    /** Switches atomically to a release. */
    async use(program: Program, link: string): Promise<void> {
      await host.symlink(link, join(paths.programs, program));
      await host.run('sync', ['-f', paths.programs]);
    },
    /** Deletes releases that are not in use. */
    async tidy(): Promise<void> {
      for (const program of programs) {
        const link = await host.readLink(join(paths.programs, program));
        if (link === null) continue;
        const others = ((await unlessMissing(readdir(releases))) ?? []).filter(
          (name) => name.startsWith(`${program}-`) && name !== basename(link),
        );
        for (const name of others) await rm(join(releases, name), { recursive: true, force: true });
      }
    },
    settle: () => settle(paths, host),
  };
}

/** Updates the unit and the guard, which are outside the release folders, from the release in use. */
async function settle(paths: AgentPaths, host: Host): Promise<void> {
  const files = [
    ['muster-agent.service', join(paths.units, paths.unit), 0o644],
    ['update-guard.sh', join(paths.programs, 'update-guard'), 0o755],
  ] as const;
  let unitChanged = false;
  for (const [name, target, mode] of files) {
    const wanted = await unlessMissing(readFile(join(paths.programs, 'agent', name), 'utf8'));
    if (wanted === null || wanted === (await unlessMissing(readFile(target, 'utf8')))) continue;
    await writeAtomically(target, wanted, { mode });
    unitChanged ||= name.endsWith('.service');
  }
  // Takes effect at the next start; no restart is needed.
  if (unitChanged) await reloadUnits(host).catch(() => undefined);
}
