import { compareVersions } from '../../../../shared/compatibility/versions.ts';
import type { PackageSource } from '../../../../shared/plan/schema.ts';
import { debianArchitecture } from '../../../../shared/systems.ts';
import type { HostView } from '../../../host/host.ts';
import { output } from '../../program.ts';
import type { Packages } from '../packages.ts';
import { runOptions } from './run-config.ts';
import { judgeSignatures } from './verifier.ts';

/** Offers of configured repositories (through apt) and of a planned one (through its index). */
export function aptRepositories(
  host: HostView,
): Pick<Packages, 'offered' | 'pinned' | 'hasIndexes' | 'releaseUrl' | 'offeredAt' | 'signed'> {
  const policyOf = async (names: readonly string[]) =>
    output(host, 'apt-cache', ['policy', ...(await runOptions(host)), '--', ...names]);
  return {
    async offered(names) {
      const known = policies(await policyOf(names));
      return new Map(names.map((name) => [name, known.get(name) ?? []]));
    },
    async pinned(names) {
      const parts = partsOf(await policyOf(names));
      return names.filter(
        (name) => versionIn.test(parts.get(name) ?? '') && policies(parts.get(name) ?? '').get(name)?.length === 0,
      );
    },
    async hasIndexes() {
      return (await host.list('/var/lib/apt/lists')).some((name) => /_Packages(\.\w+)?$/.test(name));
    },
    releaseUrl: (source) => `${root(source)}/Release`,
    async signed(source, key, fetchText, now) {
      const inside = await fetchText(`${root(source)}/InRelease`);
      const release = inside.state === 'missing' ? await fetchText(`${root(source)}/Release.gpg`) : inside;
      return release.state === 'ok' ? judgeSignatures(host, release.text, key, now) : null;
    },
    async offeredAt(source, names, fetchText) {
      const folder = indexFolder(source);
      const packed = await fetchText(`${folder}/Packages.gz`);
      const index = packed.state === 'missing' ? await fetchText(`${folder}/Packages`) : packed;
      if (index.state !== 'ok') return null;
      return new Map(names.map((name) => [name, versionsIn(index.text, name)]));
    },
  };
}

/** A flat repository has its index next to its packages. */
const isFlat = ({ components }: PackageSource) => components.length === 0;

function root(source: PackageSource): string {
  const base = source.url.replace(/\/$/, '');
  return isFlat(source) ? `${base}/${source.suite}`.replace(/\/+$/, '') : `${base}/dists/${source.suite}`;
}

function indexFolder(source: PackageSource): string {
  if (isFlat(source)) return root(source);
  return `${root(source)}/${source.components[0]}/binary-${debianArchitecture(process.arch)}`;
}

function versionsIn(index: string, name: string): string[] {
  const stanzas = index
    .split(/\n(?:[ \t]*\n)+/)
    .filter((stanza) => new RegExp(`^Package: ${escaped(name)}$`, 'm').test(stanza));
  const versions = stanzas.flatMap((stanza) => /^Version: (.+)$/m.exec(stanza)?.[1] ?? []);
  return versions.toSorted((a, b) => compareVersions(b, a));
}

const escaped = (name: string) => name.replace(/[.+]/g, '\\$&');

const partsOf = (text: string) =>
  new Map(text.split(/^(?=\S+:$)/m).map((part) => [/^(\S+):$/m.exec(part)?.[1] ?? '', part] as const));
const versionIn = /^ (?:\*\*\*| {3}) (\S+) -?\d+$/m;

/** The candidate and the other versions of each package in the output of `apt-cache policy`, the newest first. */
function policies(text: string): Map<string, string[]> {
  const packages = [...partsOf(text)].map(([name, part]): [string, string[]] => {
    const [, candidate = '(none)'] = /^ {2}Candidate: (\S+)$/m.exec(part) ?? [];
    if (candidate === '(none)') return [name, []];
    const all = [...part.matchAll(new RegExp(versionIn, 'gm'))].map(([, version = '']) => version);
    return [name, [...new Set([candidate, ...all])]];
  });
  return new Map(packages);
}
