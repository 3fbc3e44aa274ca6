import { apt } from '../../../../shared/packages/apt.ts';
import type { HostView } from '../../../host/host.ts';
import type { Packages } from '../packages.ts';
import { armoured } from '../pgp-armour.ts';

const main = '/etc/apt/sources.list';
const mark = '# muster: ';

/** Files that name repositories, in both of apt's formats: `deb` lines, and stanzas in `.sources` files. */
export function aptSources(host: HostView): Pick<Packages, 'keyText' | 'otherSources' | 'kubernetesSources'> {
  /** All source files except muster's own. */
  async function files(): Promise<{ path: string; text: string }[]> {
    const names = (await host.list(apt.sourceFolder)).filter((name) => /\.(list|sources)$/.test(name));
    const paths = [main, ...names.map((name) => `${apt.sourceFolder}/${name}`)];
    const others = paths.filter((path) => path !== apt.sourceFile);
    return Promise.all(others.map(async (path) => ({ path, text: (await host.readFile(path)) ?? '' })));
  }

  return {
    keyText: armoured,
    async otherSources(url) {
      return (await files()).flatMap(({ path, text }) => {
        const without = withoutRepository(path, text, url);
        return without === text ? [] : [{ path, without }];
      });
    },
    async kubernetesSources() {
      const isKubernetes = (uri: string) => /kubernetes|pkgs\.k8s\.io/.test(uri);
      return (await files()).filter(({ path, text }) => urisOf(path, text).some(isKubernetes)).map(({ path }) => path);
    },
  };
}

const isStanzas = (path: string) => path.endsWith('.sources');
const isSame = (one: string, other: string) => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');

/** Matches `deb [options] URL suite components`. */
const uriOfLine = (line: string) => /^\s*deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1];
const urisField = /^(URIs:)(.*)$/im;
const urisOfStanza = (stanza: string) => urisField.exec(stanza)?.[2]?.trim().split(/\s+/) ?? [];

/** Stanzas and the blank lines between them. */
const stanzasOf = (text: string) => text.split(/(\n(?:[ \t]*\n)+)/);

function urisOf(path: string, text: string): string[] {
  if (isStanzas(path)) return stanzasOf(text).flatMap(urisOfStanza);
  return text.split('\n').flatMap((line) => uriOfLine(line) ?? []);
}

function withoutRepository(path: string, text: string, url: string): string {
  if (isStanzas(path))
    return stanzasOf(text)
      .map((stanza) => withoutUri(stanza, url))
      .join('');
  return text
    .split('\n')
    .map((line) => (isSame(uriOfLine(line) ?? '', url) ? `${mark}${line}` : line))
    .join('\n');
}

/** A stanza keeps the other repositories it names. */
function withoutUri(stanza: string, url: string): string {
  const uris = urisOfStanza(stanza);
  const others = uris.filter((uri) => !isSame(uri, url));
  if (others.length === uris.length) return stanza;
  if (others.length > 0) return stanza.replace(urisField, `$1 ${others.join(' ')}`);
  return stanza.replace(/^(?!#)(?=.)/gm, mark);
}
