import { hostFiles } from '../../shared/steps/content/files.ts';
import type { Host } from '../host/host.ts';

const main = '/etc/apt/sources.list';
const folder = '/etc/apt/sources.list.d';
const mark = '# muster: ';

export interface SourceFile {
  path: string;
  /** Its text with what names the repository commented out. */
  without: string;
}

/**
 * The files other than muster's own that name the repository at `url`, as the tutorial's do: where two name one repository with different
 * keys, apt refuses to work at all.
 */
export async function otherSourcesOf(host: Host, url: string): Promise<SourceFile[]> {
  const names = (await host.list(folder)).filter((name) => /\.(list|sources)$/.test(name));
  const paths = [main, ...names.map((name) => `${folder}/${name}`)].filter((path) => path !== hostFiles.aptSource);
  const texts = await Promise.all(paths.map((path) => host.readFile(path)));
  return paths.flatMap((path, index) => {
    const text = texts[index] ?? '';
    const without = path.endsWith('.sources') ? withoutStanzas(text, url) : withoutLines(text, url);
    return without === text ? [] : [{ path, without }];
  });
}

const isSame = (one: string, other: string) => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');

/** `deb [options] URL suite components`, a line each. */
function withoutLines(text: string, url: string): string {
  const named = (line: string) => /^\s*deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1];
  return text
    .split('\n')
    .map((line) => (isSame(named(line) ?? '', url) ? `${mark}${line}` : line))
    .join('\n');
}

/** Stanzas of fields, a blank line between them. A stanza that names other repositories as well keeps those. */
function withoutStanzas(text: string, url: string): string {
  return text
    .split(/(\n(?:[ \t]*\n)+)/)
    .map((stanza) => {
      const [line = '', field = '', value = ''] = /^(URIs:)(.*)$/im.exec(stanza) ?? [];
      const uris = value.trim().split(/\s+/);
      const others = uris.filter((uri) => !isSame(uri, url));
      if (others.length === uris.length) return stanza;
      if (others.length > 0) return stanza.replace(line, `${field} ${others.join(' ')}`);
      return stanza.replace(/^(?!#)(?=.)/gm, mark);
    })
    .join('');
}
