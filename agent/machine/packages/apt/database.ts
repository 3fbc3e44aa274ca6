import type { HostView } from '../../../host/host.ts';
import { output } from '../../program.ts';
import type { InstalledPackage, Obstacles, Packages } from '../packages.ts';
import { lockHolder } from './lock.ts';

type Database = Pick<
  Packages,
  'database' | 'installed' | 'installedNames' | 'architecture' | 'obstacles' | 'owned' | 'unneeded'
>;

const status = '/var/lib/dpkg/status';

/** What dpkg knows. */
export function aptDatabase(host: HostView): Database {
  async function installed(names: readonly string[]): Promise<Map<string, InstalledPackage>> {
    const format = `\${Package}\\t\${Version}\\t\${Status}\\t\${Architecture}\\n`;
    // A package that dpkg does not know makes it exit with 1; the others are listed nevertheless.
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
      const [lock, interrupted, text] = await Promise.all([
        lockHolder(host),
        isInterrupted(host),
        host.readFile(status),
      ]);
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

/** What apt itself looks at before it says "dpkg was interrupted". */
export async function isInterrupted(host: HostView): Promise<boolean> {
  return (await host.list('/var/lib/dpkg/updates')).some((name) => /^\d+$/.test(name));
}

/** Only packages that are fully there: unpacked or half configured is not installed. */
function readRow(line: string): [name: string, found: InstalledPackage][] {
  const [name = '', version = '', state = '', architecture = ''] = line.split('\t');
  if (!state.endsWith(' ok installed')) return [];
  return [[name, { version, held: state.startsWith('hold '), architecture }]];
}

function brokenPackages(text: string): string[] {
  const broken = /^Package: (\S+)\nStatus: install \S+ (half-installed|half-configured|unpacked|triggers-\S+)/gm;
  return [...text.matchAll(broken)].map(([, name = '']) => name).slice(0, 64);
}

/** Leaves out what apt would have to remove other packages for, until it would remove nothing else. */
async function unneeded(host: HostView, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const plan = await output(host, 'apt-get', ['--simulate', 'purge', '--allow-change-held-packages', ...names]);
  const gone = [...plan.matchAll(/^(?:Purg|Remv) (\S+)/gm)].map((match) => match[1] ?? '');
  const bare = (name: string) => name.replace(/:.*/, '');
  const others = gone.filter((name) => !names.some((ours) => bare(ours) === bare(name)));
  if (others.length === 0) return [...names];
  const needs = await output(host, 'dpkg-query', ['-W', '-f', `\${Depends}, \${Pre-Depends}\\n`, ...others]);
  const needed = new Set(needs.split(/[,|\n]/).map((one) => bare(one.trim().replace(/[ (].*/, ''))));
  const rest = names.filter((name) => !needed.has(bare(name)));
  return rest.length === names.length ? [] : unneeded(host, rest);
}
