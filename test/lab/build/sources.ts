/**
 * The machine's apt sources, cut down to Debian's own and with the wanted types: a machine seldom has entries for source
 * packages, and third-party repositories have no place in the lab.
 */
export interface SourceOptions {
  /** Such as bookworm. */
  codename: string;
  types: readonly ('deb' | 'deb-src')[];
}

/** Debian's own repositories by their suites: those of a third party that use the same name don't have a component `main`. */
function isDebian(suites: readonly string[], components: readonly string[], codename: string): boolean {
  const own = [codename, `${codename}-updates`, `${codename}-security`, `${codename}/updates`];
  return components.includes('main') && suites.some((suite) => own.includes(suite.replace(/\/$/, '')));
}

const words = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean);

/** One stanza of a deb822 file, or null when it is no source of Debian's binary packages. */
function convertStanza(stanza: string, { codename, types }: SourceOptions): string | null {
  const lines = stanza.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const field = (name: string) => {
    const start = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (start < 0) return undefined;
    const more = lines.slice(start + 1);
    const end = more.findIndex((line) => !/^\s/.test(line));
    return [lines[start]?.replace(/^[^:]*:/, ''), ...more.slice(0, end < 0 ? more.length : end)].join(' ');
  };
  if (/^(no|false|off|0)$/i.test(field('Enabled')?.trim() ?? 'yes')) return null;
  if (!words(field('Types')).includes('deb')) return null;
  if (!isDebian(words(field('Suites')), words(field('Components')), codename)) return null;
  return lines.map((line) => (/^types:/i.test(line) ? `Types: ${types.join(' ')}` : line)).join('\n');
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
export function convertList(text: string, { codename, types }: SourceOptions): string {
  const converted = text.split('\n').flatMap((line) => {
    const [, rest] = line.match(/^\s*deb\s+(.*?)\s*(?:#.*)?$/) ?? [];
    if (rest === undefined) return [];
    const [, suite = '', ...components] = words(rest.replace(/^\[[^\]]*\]\s*/, ''));
    return isDebian([suite], components, codename) ? types.map((type) => `${type} ${rest}`) : [];
  });
  return converted.map((line) => `${line}\n`).join('');
}
