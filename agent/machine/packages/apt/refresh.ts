import { MusterError } from '../../../../shared/errors/errors.ts';
import { redactLine } from '../../../../shared/redact.ts';
import type { HostView, UnitResult } from '../../../host/host.ts';
import type { BrokenSource, RefreshMeans } from '../packages.ts';
import { namedSources, withoutRepeats } from './broken-sources.ts';
import { recordFailed } from './failed-sources.ts';
import { locks, withLock } from './lock.ts';
import { aptFailed, fetchEnv, outputOf } from './run.ts';
import { prepareRuns, runOptions } from './run-config.ts';
import { isOwn, type SourceFiles, sourceFiles } from './source-files.ts';

const attempts = 5;
/** Indexes of all repositories. */
export const listFolder = '/var/lib/apt/lists';

/**
 * `apt-get update`, judged by which repository failed: muster's own must answer, any other is a warning. Temporary
 * failures are retried: a mirror being synchronised, a network that just came up.
 */
export async function refresh(host: HostView, means: RefreshMeans): Promise<void> {
  for (const one of await prepareRuns(host, means)) warn(means, one);
  const args = ['update', ...(await runOptions(host)), ...(await fetchOptions(host))];
  const sources = await sourceFiles(host);
  for (let attempt = 1; ; attempt++) {
    const update = () => means.runLong('apt-get', args, { env: fetchEnv(means), part: 'update' });
    const result = await withLock(host, means, { files: locks.indexes, run: update, textOf: outputOf });
    const { own, others, temporary } = judge(result, sources);
    if (own === null && (!temporary || attempt > 1)) {
      for (const one of others) warn(means, one);
      return recordFailed(means.files, others, sources);
    }
    if (attempt === attempts) throw own === 'unknown' ? aptFailed(result) : sourceFailed(own ?? []);
    const seconds = attempt * 2;
    means.say({
      en: `apt-get update failed; next attempt in ${seconds} s`,
      zh: `apt-get update 失败；${seconds} 秒后重试`,
    });
    await means.sleep(seconds * 1000);
  }
}

function sourceFailed(lines: readonly string[]): MusterError {
  return new MusterError('package-source-failed', {
    reason: redactLine(
      lines
        .slice(0, 3)
        .map((line) => line.slice(0, 400))
        .join(' / '),
    ),
  });
}

function warn({ say }: RefreshMeans, { path, first, reason }: BrokenSource): void {
  say({
    en: `warning: ${path}:${first} is left out: ${reason}`,
    zh: `警告：忽略软件源 ${path}:${first}：${reason}`,
  });
}

async function fetchOptions(host: HostView): Promise<string[]> {
  // A dead source would cost two minutes; muster retries itself.
  const impatience = ['Acquire::Retries=1', 'Acquire::http::Timeout=15', 'Acquire::https::Timeout=15'];
  // The indexes were deleted because they did not match the packages: a cache on the way may be stale.
  const isEmpty = (await host.list(listFolder)).every((name) => ['lock', 'partial', 'auxfiles'].includes(name));
  const pastCaches = ['Acquire::http::No-Cache=true', 'Acquire::https::No-Cache=true'];
  return [...impatience, ...(isEmpty ? pastCaches : [])].flatMap((option) => ['-o', option]);
}

interface Judgement {
  /** What apt says of muster's repositories; `unknown`: something else failed; null: neither. */
  own: readonly string[] | 'unknown' | null;
  /** Entries of others that failed. */
  others: BrokenSource[];
  /** One of them may work on the next attempt. */
  temporary: boolean;
}

/** For apt, an unreachable repository is only a warning: it continues with its old index. */
const complaint = /^E: |^W: (?:Failed to fetch|GPG error|OpenPGP signature|An error occurred during the signature)/;
/** Follows the real complaint. */
const summary = /^E: Some index files failed to download/;
/** The repository is gone, or its signature cannot be verified. */
const final =
  /no longer has a Release|not have a Release|signature|not signed|GPG error|is expired|not valid yet|method driver|The method '/;

/** Beside an error, an unreachable repository is not even a warning, but a line of progress with its reason below. */
const unreachable = (tail: readonly string[]) =>
  tail.flatMap((line, at) => (/^Err:\d+ /.test(line) ? [`${line}: ${tail[at + 1]?.trim() ?? ''}`] : []));

function judge({ exitCode, tail }: UnitResult, sources: SourceFiles): Judgement {
  const said = tail.filter((line) => complaint.test(line) && !summary.test(line));
  const complaints = [...said, ...unreachable(tail)];
  const named = complaints.map((line) => ({ line, found: namedSources(line, sources) }));
  const own = named.filter(({ found }) => found.some(({ path }) => isOwn(path))).map(({ line }) => line);
  const isUnknown =
    named.some(({ line, found }) => found.length === 0 && line.startsWith('E: ')) ||
    (exitCode !== 0 && !tail.some((line) => line.startsWith('E: ')));
  return {
    own: own.length > 0 ? own : isUnknown ? 'unknown' : null,
    others: withoutRepeats(named.flatMap(({ found }) => found)),
    temporary: complaints.some((line) => line.startsWith('E: ') && !final.test(line)),
  };
}
