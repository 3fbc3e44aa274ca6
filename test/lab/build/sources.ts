import { unstable } from '../systems.ts';

/**
 * The machine's apt sources, cut down to Debian's own and with the wanted types: a machine seldom has entries for
 * source packages, and third-party repositories have no place in the lab.
 */
export interface SourceOptions {
  /** The machine's release, such as bookworm. */
  codename: string;
  /** The release whose packages are wanted from the same mirrors. */
  suite: string;
  types: readonly ('deb' | 'deb-src')[];
}

/**
 * Debian's own repositories by their suites: those of a third party that use the same name don't have a component
 * `main`.
 */
function isDebian(suites: readonly string[], components: readonly string[], codename: string): boolean {
  const own = [codename, `${codename}-updates`, `${codename}-security`, `${codename}/updates`];
  return components.includes('main') && suites.some((suite) => own.includes(suite.replace(/\/$/, '')));
}

/** Debian unstable has neither updates nor security fixes in suites of their own. */
const hasSide = (suite: string) => suite !== unstable;

/** The same suites of another release. */
function suitesOf(own: readonly string[], { codename, suite }: Omit<SourceOptions, 'types'>): string[] {
  return own
    .filter((one) => one === codename || hasSide(suite))
    .map((one) => (one.startsWith(codename) ? suite + one.slice(codename.length) : one));
}

const words = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean);

/** The fields of a deb822 stanza in their order, each on one line. */
function fieldsOf(stanza: string): [name: string, value: string][] {
  const lines = stanza.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines
    .join('\n')
    .split(/\n(?!\s)/)
    .map((field) => {
      const [name = '', ...value] = field.split(':');
      return [name, words(value.join(':')).join(' ')];
    });
}

/** One stanza of a deb822 file, or null when it is no source of Debian's binary packages. */
function convertStanza(stanza: string, options: SourceOptions): string | null {
  const fields = fieldsOf(stanza);
  const field = (name: string) => fields.find(([one]) => one.toLowerCase() === name)?.[1];
  if (/^(no|false|off|0)$/i.test(field('enabled') ?? 'yes')) return null;
  if (!words(field('types')).includes('deb')) return null;
  if (!isDebian(words(field('suites')), words(field('components')), options.codename)) return null;
  const suites = suitesOf(words(field('suites')), options);
  if (suites.length === 0) return null;
  const replaced = new Map([
    ['types', options.types.join(' ')],
    ['suites', suites.join(' ')],
  ]);
  return fields.map(([name, value]) => `${name}: ${replaced.get(name.toLowerCase()) ?? value}`).join('\n');
}

/** A .sources file; empty when it names none of Debian's own repositories. */
export function convertDeb822(text: string, options: SourceOptions): string {
  const stanzas = text.split(/\n\s*\n/).map((stanza) => convertStanza(stanza, options));
  return stanzas
    .filter((stanza) => stanza !== null)
    .map((stanza) => `${stanza}\n`)
    .join('\n');
}

/** A one-line-style .list file; empty when it names none of Debian's own repositories. */
export function convertList(text: string, options: SourceOptions): string {
  const converted = text.split('\n').flatMap((line) => {
    const [, rest] = line.match(/^\s*deb\s+(.*?)\s*(?:#.*)?$/) ?? [];
    if (rest === undefined) return [];
    const [brackets = ''] = rest.match(/^\[[^\]]*\]\s*/) ?? [];
    const [url = '', suite = '', ...components] = words(rest.slice(brackets.length));
    if (!isDebian([suite], components, options.codename)) return [];
    const source = suitesOf([suite], options).map((one) => `${brackets}${[url, one, ...components].join(' ')}`);
    return source.flatMap((one) => options.types.map((type) => `${type} ${one}`));
  });
  return converted.map((line) => `${line}\n`).join('');
}
