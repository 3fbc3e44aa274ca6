import { posix } from 'node:path';
import { redactLine } from '../../../../shared/redact.ts';
import type { HostView } from '../../../host/host.ts';
import type { BrokenSource } from '../packages.ts';
import { entriesOf, isCdrom, names, repositoryOf, type SourceEntry } from './entries.ts';
import { isOwn, type SourceFiles } from './source-files.ts';

export interface Unreadable {
  broken: BrokenSource[];
  /** What apt says. */
  reason: string;
}

/** A server chooses parts of a line; the patterns below take quadratic time. */
const mostOfLine = 2048;
const cut = (line: string): string => line.slice(0, mostOfLine);

/** Asks apt whether it can read its source files; one broken entry ends every run, also an installation. null: yes. */
export async function unreadableSources(
  host: HostView,
  files: SourceFiles,
  options: readonly string[] = [],
): Promise<Unreadable | null> {
  const { exitCode, stderr } = await host.run('apt-get', ['indextargets', ...options]);
  // Without apt there is nothing to read.
  if (exitCode === 0 || exitCode === 127) return null;
  const broken = stderr
    .split('\n')
    .map(cut)
    .flatMap((line) => unreadable(line, files) ?? []);
  return { broken: withoutRepeats(broken), reason: stderr.trim() };
}

/** Disks of the distribution's installer, which nobody will insert. */
export function cdromSources(files: SourceFiles): BrokenSource[] {
  return files.flatMap(({ path, text }) =>
    entriesOf(path, text)
      .filter(isCdrom)
      .map((entry) => broken(path, entry, `${entry.uris.join(' ')}: a CD-ROM`)),
  );
}

/**
 * Entries that one line of `apt-get update` complains about. apt names a repository by its URI and suite, or by a file
 * in it; one repository may lie below another.
 */
export function namedSources(complaint: string, files: SourceFiles): BrokenSource[] {
  const line = cut(complaint);
  const uris = [...line.matchAll(/[\w+.-]+:\/[^\s']+/g)].map(([uri]) => uri);
  const places = uris.map((uri) => repositoryOf(uri, '/'));
  const all = files.flatMap(({ path, text }) =>
    entriesOf(path, text).flatMap((entry) =>
      entry.uris.flatMap((uri) => entry.suites.map((suite) => ({ path, entry, uri, suite }))),
    ),
  );
  const exact = all.filter(
    ({ uri, suite }) => places.includes(repositoryOf(uri, '/')) && line.includes(` ${suite.replace('$(ARCH)', '')}`),
  );
  const above = all.map(({ uri, suite }) => repositoryOf(uri, suite)).filter((one) => places.some(isBelow(one)));
  const nearest = above.toSorted((one, other) => other.length - one.length)[0];
  const [, missing, off] =
    /\/methods\/(\S+) could not be found|The method '([\w+]+)' is (?:unsupported|explicitly disabled)/.exec(line) ?? [];
  const method = missing ?? off;
  const isFound = ({ uri, suite }: (typeof all)[number]) =>
    repositoryOf(uri, suite) === nearest || uri.startsWith(`${method}:`);
  const found = exact.length > 0 ? exact : all.filter(isFound);
  return withoutRepeats(found.map(({ path, entry }) => broken(path, entry, line)));
}

const isBelow = (repository: string) => (place: string) => place.startsWith(repository);

/** The first complaint about each entry. */
export const withoutRepeats = (all: readonly BrokenSource[]): BrokenSource[] =>
  [...new Map(all.toReversed().map((one) => [`${one.path}:${one.first}`, one])).values()].toReversed();

const broken = (path: string, { first, last }: SourceEntry, reason: string): BrokenSource => ({
  path,
  first,
  last,
  reason: redactLine(reason.replace(/^(?:[EW]:|Err:\d+) /, '').trim()),
});

function unreadable(line: string, files: SourceFiles): BrokenSource[] | null {
  return atPlace(line, files) ?? inFile(line, files) ?? inConflict(line, files);
}

const fileOf = (files: SourceFiles, path: string) =>
  files.find((file) => posix.basename(file.path) === posix.basename(path) && !isOwn(file.path));

/** Such as `Malformed entry 2 in list file PATH (Suite)` or `Type 'x' is not known on line 2 in source list PATH`. */
function atPlace(line: string, files: SourceFiles): BrokenSource[] | null {
  const [, kind = '', number, path = ''] =
    /(entry|line|stanza) (\d+) in (?:list|sources|source list|source) ?(?:file )?(\S+)/.exec(line) ?? [];
  const file = fileOf(files, path);
  if (file === undefined) return null;
  const at = Number(number);
  if (kind === 'line' || !file.path.endsWith('.sources'))
    return [broken(file.path, { first: at, last: at, uris: [], suites: [] }, line)];
  const entry = entriesOf(file.path, file.text, { disabled: true })[at - 1];
  return entry === undefined ? null : [broken(file.path, entry, line)];
}

/** apt cannot tell the place: the whole file. */
function inFile(line: string, files: SourceFiles): BrokenSource[] | null {
  const [path] = /\/\S+\.(?:list|sources)\b/.exec(line) ?? [];
  const file = path === undefined ? undefined : fileOf(files, path);
  if (file === undefined) return null;
  const last = file.text.trimEnd().split('\n').length;
  return [broken(file.path, { first: 1, last, uris: [], suites: [] }, line)];
}

/** One repository with two keys or other options: all but the first entry, or all if the values are invalid. */
function inConflict(line: string, files: SourceFiles): BrokenSource[] | null {
  const [, verb, uri = '', suite = ''] =
    /(Conflicting|Invalid|Unsupported).* regarding source (\S+) (\S+?):?(?: |$)/.exec(line) ?? [];
  if (verb === undefined) return null;
  const repository = repositoryOf(uri, suite);
  const found = files.flatMap(({ path, text }) =>
    entriesOf(path, text)
      .filter((entry) => names(entry, repository))
      .map((entry) => broken(path, entry, line)),
  );
  const own = found.find(({ path }) => isOwn(path));
  const kept = verb === 'Conflicting' ? (own ?? found[0]) : own;
  return found.filter((one) => one !== kept);
}
