import { debianArchitecture } from '../../../../shared/systems.ts';

/** What apt reads as one: a `deb` line, or a stanza of a `.sources` file, which may name several repositories. */
export interface SourceEntry {
  /** Its lines in the file, from 1. */
  first: number;
  last: number;
  uris: readonly string[];
  suites: readonly string[];
}

/** apt skips files with other names, and hidden ones. */
export const isSourceFile = (name: string): boolean => /^(?!\.)[\w.-]+\.(list|sources)$/.test(name);
export const hasStanzas = (path: string): boolean => path.endsWith('.sources');

/** The entries in use of a file, in order. `disabled` also lists stanzas that are disabled, as apt numbers them all. */
export function entriesOf(path: string, text: string, { disabled = false } = {}): SourceEntry[] {
  const lines = text.split('\n');
  if (hasStanzas(path)) return stanzas(lines, disabled);
  return lines.flatMap((line, index) => {
    const words = wordsOf(line);
    if (words.length === 0) return [];
    const [, uri, suite] = words;
    const one = (word: string | undefined) => (word === undefined ? [] : [word]);
    return [{ first: index + 1, last: index + 1, uris: one(uri), suites: one(suite) }];
  });
}

/** Words of a `deb` line without its options and comment. Quotes and brackets keep spaces together. */
function wordsOf(line: string): string[] {
  const words = line.match(/#.*|(?:"[^"]*"?|\[[^\]]*\]?|[^\s"[#])+/g) ?? [];
  return words
    .filter((word, index) => !word.startsWith('#') && (index !== 1 || !word.startsWith('[')))
    .map((word) => word.replaceAll('"', ''));
}

function stanzas(lines: readonly string[], disabled: boolean): SourceEntry[] {
  const found: SourceEntry[] = [];
  let first = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (lines[at]?.trim() !== '' && at < lines.length) continue;
    const fields = fieldsOf(lines.slice(first, at));
    const isOff = /^(no|false|without|off|disable|0+)$/i.test(fields.get('enabled') ?? '');
    if (fields.size > 0 && (disabled || !isOff)) {
      const list = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
      found.push({ first: first + 1, last: at, uris: list('uris'), suites: list('suites') });
    }
    first = at + 1;
  }
  return found;
}

/** Values by lower-case name. A value may continue on indented lines, with comments in between. */
function fieldsOf(lines: readonly string[]): Map<string, string> {
  const text = lines.filter((line) => !line.startsWith('#')).join('\n');
  const fields = text.matchAll(/^([^\s:]+)[ \t]*:(.*(?:\n[ \t].*)*)/gm);
  return new Map([...fields].map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]));
}

const defaultPorts: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/**
 * The place of a repository, equal for all spellings that apt takes for one repository: it ignores scheme, user and
 * escapes, and a flat repository may have its folder in the URI or in the suite. Host names have no case.
 */
export function repositoryOf(uri: string, suite: string): string {
  const [, scheme = '', rest = ''] = /^([\w+.-]+):\/*(.*)/s.exec(uri) ?? [null, '', uri];
  const [, host = '', path = ''] = /^(?:[^/]*@)?([^/]*)(.*)/s.exec(rest) ?? [];
  const port = defaultPorts[scheme.toLowerCase().replace(/^.*\+/, '')] ?? '';
  const place = host.toLowerCase();
  const folder = suite.endsWith('/') ? suite : `dists/${suite}/`;
  const whole = `${port !== '' && place.endsWith(port) ? place.slice(0, -port.length) : place}/${path}/${folder}`;
  return unescaped(whole)
    .replaceAll('$(ARCH)', debianArchitecture(process.arch))
    .replace(/\/(?:\.?\/)+/g, '/');
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export const isCdrom = ({ uris }: SourceEntry): boolean => uris.some((uri) => /^cdrom:/i.test(uri));

/** Whether an entry names a repository. */
export const names = ({ uris, suites }: SourceEntry, repository: string): boolean =>
  uris.some((uri) => suites.some((suite) => repositoryOf(uri, suite) === repository));
