import { posix } from 'node:path';
import { MusterError } from '../../../../shared/errors/errors.ts';
import { agentPaths } from '../../../../shared/paths.ts';
import { redactLine } from '../../../../shared/redact.ts';
import type { HostView } from '../../../host/host.ts';
import type { BrokenSource, RefreshMeans } from '../packages.ts';
import { cdromSources, unreadableSources } from './broken-sources.ts';
import { mainList, type SourceFiles, sourceFiles } from './source-files.ts';
import { withoutEntries } from './without.ts';

const folder = `${agentPaths.volatile}/apt`;
/**
 * Configuration of muster's own runs of apt. A file, because arguments and variables would show the proxy's password.
 */
const configFile = `${folder}/apt.conf`;
const view = { main: `${folder}/sources.list`, parts: `${folder}/sources.list.d` };

/** Options with which apt works although an entry of somebody else's is broken. */
export const runOptions = async (host: HostView): Promise<string[]> =>
  (await host.exists(configFile)) ? ['-c', configFile] : [];

/** Options for what needs no repository, such as holding a package. */
export const withoutSources = [
  ...['-o', 'Dir::Etc::SourceList=/dev/null', '-o', 'Dir::Etc::SourceParts=/dev/null'],
  // In memory: the next apt finds its cache as it left it.
  ...['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache='],
];

/**
 * Writes the configuration. Entries of others that apt cannot read, which would end every run, are left out of a copy
 * of the source files; returns them. Throws MusterError `packages-failed` if apt still cannot read it.
 */
export async function prepareRuns(
  host: HostView,
  { files, proxy }: Pick<RefreshMeans, 'files' | 'proxy'>,
): Promise<BrokenSource[]> {
  const sources = await sourceFiles(host);
  const broken = cdromSources(sources);
  for (;;) {
    // apt counts the stanzas that are left.
    const left = sources.map(({ path, text }) => ({
      path,
      text: withoutEntries(
        text,
        broken.filter((one) => one.path === path),
      ),
    }));
    await files.removeTree(folder);
    if (broken.length > 0) await writeView(files, left);
    await files.writeFile(configFile, config(proxy, broken.length > 0), { mode: 0o600 });
    const more = await unreadableSources(host, left, ['-c', configFile]);
    if (more === null) return broken;
    const isKnown = (one: BrokenSource) => broken.some(({ path, first }) => path === one.path && first === one.first);
    const unknown = more.broken.filter((one) => !isKnown(one));
    if (unknown.length === 0)
      throw new MusterError('packages-failed', { reason: redactLine(more.reason), repair: 'apt-get check' });
    broken.push(...unknown.map((one) => ({ ...one, reason: one.reason.replaceAll(folder, '/etc/apt') })));
  }
}

async function writeView(files: RefreshMeans['files'], sources: SourceFiles): Promise<void> {
  for (const { path, text } of sources) {
    const copy = path === mainList ? view.main : `${view.parts}/${posix.basename(path)}`;
    await files.writeFile(copy, text, { mode: 0o600 });
  }
}

function config(proxy: Readonly<Record<string, string>>, isView: boolean): string {
  const settings = {
    ...(isView && {
      'Dir::Etc::SourceList': view.main,
      'Dir::Etc::SourceParts': view.parts,
      // The indexes of the sources that are left out stay.
      'APT::Get::List-Cleanup': '0',
    }),
    ...(proxy.HTTP_PROXY !== undefined && { 'Acquire::http::Proxy': proxy.HTTP_PROXY }),
    ...(proxy.HTTPS_PROXY !== undefined && { 'Acquire::https::Proxy': proxy.HTTPS_PROXY }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} "${value}";\n`)
    .join('');
}
