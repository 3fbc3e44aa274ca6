import { debianArchitecture } from '../../../../shared/packages/apt.ts';
import type { PackageSource } from '../../../../shared/plan/schema.ts';
import type { HostView } from '../../../host/host.ts';
import { output } from '../../program.ts';
import type { Packages } from '../packages.ts';
import { runOptions } from './run-config.ts';

/** Offers of configured repositories (through apt) and of a planned one (through its index). */
export function aptRepositories(host: HostView): Pick<Packages, 'offered' | 'releaseUrl' | 'offeredAt'> {
  return {
    async offered(names) {
      const args = ['madison', ...(await runOptions(host)), '--', ...names];
      const rows = (await output(host, 'apt-cache', args)).split('\n');
      const offers = rows.map((row) => row.split('|').map((cell) => cell.trim()));
      // apt-cache sorts the newest version first.
      const versionsOf = (name: string) =>
        offers.flatMap(([found, version]) => (found === name && version ? [version] : []));
      return new Map(names.map((name) => [name, versionsOf(name)]));
    },
    releaseUrl: (source) => `${root(source)}/Release`,
    async offeredAt(source, name, fetchText) {
      const folder = indexFolder(source);
      const packed = await fetchText(`${folder}/Packages.gz`);
      const index = packed.state === 'missing' ? await fetchText(`${folder}/Packages`) : packed;
      return index.state === 'ok' ? versionsIn(index.text, name) : null;
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
  const stanzas = index.split('\n\n').filter((stanza) => stanza.includes(`Package: ${name}\n`));
  return stanzas.flatMap((stanza) => /^Version: (.+)$/m.exec(stanza)?.[1] ?? []);
}
