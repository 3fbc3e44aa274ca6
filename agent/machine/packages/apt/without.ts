import { entriesOf, hasStanzas, names, repositoryOf, type SourceEntry } from './entries.ts';

/** Marks what muster commented out. */
export const mark = '# muster: ';

/** The text with a repository commented out. A stanza keeps the other repositories it names. */
export function withoutRepository(path: string, text: string, repository: string): string {
  const found = entriesOf(path, text).filter((entry) => names(entry, repository));
  const lines = text.split('\n');
  for (const entry of found.toReversed()) {
    const own = lines.slice(entry.first - 1, entry.last);
    const rest = hasStanzas(path) ? others(own, entry, repository) : [];
    lines.splice(entry.first - 1, own.length, ...(rest.length > 0 ? rest : own.map(comment)));
  }
  return lines.join('\n');
}

/** The text with these entries commented out, on the same lines. */
export function withoutEntries(text: string, entries: readonly Pick<SourceEntry, 'first' | 'last'>[]): string {
  const isOut = (line: number) => entries.some(({ first, last }) => line >= first && line <= last);
  return text
    .split('\n')
    .map((line, index) => (isOut(index + 1) ? comment(line) : line))
    .join('\n');
}

const comment = (line: string) => (line.startsWith('#') ? line : `${mark}${line}`);

/** Stanzas for the other repositories of one, which are all combinations of its URIs and suites. */
function others(lines: readonly string[], { uris, suites }: SourceEntry, repository: string): string[] {
  const kept = (uri: string) => suites.filter((suite) => repositoryOf(uri, suite) !== repository);
  const whole = uris.filter((uri) => kept(uri).length === suites.length);
  const partly = uris.filter((uri) => kept(uri).length > 0 && kept(uri).length < suites.length);
  const stanzas = [
    ...(whole.length > 0 ? [[whole, suites] as const] : []),
    ...partly.map((uri) => [[uri], kept(uri)] as const),
  ].map(([theirs, left]) => {
    const named = theirs.length === uris.length ? lines : withField(lines, 'URIs', theirs);
    return left.length === suites.length ? named : withField(named, 'Suites', left);
  });
  return stanzas.flatMap((stanza, index) => (index === 0 ? stanza : ['', ...stanza]));
}

/** The stanza with another value of a field, on one line. */
function withField(lines: readonly string[], name: string, values: readonly string[]): string[] {
  const isField = (line: string) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`);
  const start = lines.findIndex(isField);
  const more = lines.slice(start + 1).findIndex((line) => !/^[ \t#]/.test(line));
  const end = more < 0 ? lines.length : start + 1 + more;
  return [...lines.slice(0, start), `${name}: ${values.join(' ')}`, ...lines.slice(end)];
}
