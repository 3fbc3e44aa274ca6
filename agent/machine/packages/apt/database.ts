import type { HostView } from '../../../host/host.ts';
import { output } from '../../program.ts';
import type { InstalledPackage, Obstacles, Packages } from '../packages.ts';
import { describeHolder, lockHolder } from './lock.ts';
import { withoutSources } from './run-config.ts';

type Database = Pick<
  Packages,
  'database' | 'installed' | 'installedNames' | 'architecture' | 'obstacles' | 'owned' | 'unneeded'
>;

const status = '/var/lib/dpkg/status';

/** Queries of dpkg's database. */
export function aptDatabase(host: HostView): Database {
  async function installed(names: readonly string[]): Promise<Map<string, InstalledPackage>> {
    const format = `\${Package}\\t\${Version}\\t\${Status}\\t\${Architecture}\\n`;
    // dpkg-query exits with 1 for an unknown package but still lists the others.
    const { stdout } = await host.run('dpkg-query', ['-W', '-f', format, ...names]);
    return new Map(stdout.split('\n').flatMap(readRow));
  }

  return {
    database: status,
    installed,
    async installedNames() {
      const rows = await output(host, 'dpkg-query', ['-W', '-f', `\${binary:Package}\\t\${db:Status-Status}\\n`]);
      return rows.split('\n').flatMap((line) => {
        const [name = '', state] = line.split('\t');
        return state === 'installed' ? [name] : [];
      });
    },
    architecture: async () => (await installed(['dpkg'])).get('dpkg')?.architecture ?? null,
    async obstacles(): Promise<Obstacles> {
      const [holder, interrupted, text] = await Promise.all([
        lockHolder(host),
        isInterrupted(host),
        host.readFile(status),
      ]);
      const lock = holder === 'none' ? '' : holder && describeHolder(holder);
      return { lock, interrupted, broken: text === null ? null : brokenPackages(text) };
    },
    async owned(paths) {
      if (paths.length === 0) return new Set();
      const { stdout } = await host.run('dpkg-query', ['--search', ...paths]);
      return new Set(paths.filter((path) => stdout.includes(`: ${path}\n`)));
    },
    unneeded: (names) => unneeded(host, names),
  };
}

/** Whether dpkg was interrupted, by the same test as apt's. */
export async function isInterrupted(host: HostView): Promise<boolean> {
  return (await host.list('/var/lib/dpkg/updates')).some((name) => /^\d+$/.test(name));
}

/** Skips packages that are not completely installed, such as unpacked or half-configured ones. */
function readRow(line: string): [name: string, found: InstalledPackage][] {
  const [name = '', version = '', state = '', architecture = ''] = line.split('\t');
  if (!state.endsWith(' ok installed')) return [];
  return [[name, { version, held: state.startsWith('hold '), architecture }]];
}

function brokenPackages(text: string): string[] {
  const broken = /^Package: (\S+)\nStatus: install \S+ (half-installed|half-configured|unpacked|triggers-\S+)/gm;
  return [...text.matchAll(broken)].map(([, name = '']) => name).slice(0, 64);
}

/** Filters out packages that others depend on, repeatedly, until apt would remove nothing else. */
async function unneeded(host: HostView, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const plan = await output(host, 'apt-get', [
    ...['--simulate', 'purge', '--allow-change-held-packages'],
    ...withoutSources,
    ...['--', ...names],
  ]);
  const gone = [...plan.matchAll(/^(?:Purg|Remv) (\S+)/gm)].map((match) => match[1] ?? '');
  const bare = (name: string) => name.replace(/:.*/, '');
  const others = gone.filter((name) => !names.some((ours) => bare(ours) === bare(name)));
  if (others.length === 0) return [...names];
  const needs = await output(host, 'dpkg-query', ['-W', '-f', `\${Depends}, \${Pre-Depends}\\n`, ...others]);
  const needed = new Set(needs.split(/[,|\n]/).map((one) => bare(one.trim().replace(/[ (].*/, ''))));
  const rest = names.filter((name) => !needed.has(bare(name)));
  return rest.length === names.length ? [] : unneeded(host, rest);
}
