import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Who may import whom: from each folder, into itself and into those named. The longest path that a file begins with counts. Inside the
 * coordinator arrows point down only.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  agent: ['shared'],

  'coordinator/store': ['shared'],
  'coordinator/plan': ['shared', 'coordinator/store'],
  'coordinator/replica': ['shared', 'coordinator/store', 'coordinator/plan'],
  'coordinator/view': ['shared', 'coordinator/store', 'coordinator/plan'],

  'coordinator/enrolment': ['shared', 'coordinator/store', 'coordinator/plan', 'coordinator/view'],
  'coordinator/observing': ['shared', 'coordinator/store', 'coordinator/plan', 'coordinator/view'],
  'coordinator/upkeep': ['shared', 'coordinator/store', 'coordinator/plan', 'coordinator/view'],
  'coordinator/operations': [
    'shared',
    'coordinator/store',
    'coordinator/plan',
    'coordinator/view',
    'coordinator/enrolment',
    'coordinator/observing',
  ],
  'coordinator/joining': [
    'shared',
    'coordinator/store',
    'coordinator/plan',
    'coordinator/view',
    'coordinator/observing',
    'coordinator/upkeep',
    'coordinator/operations',
  ],

  'coordinator/api': [
    'shared',
    'coordinator/store',
    'coordinator/replica',
    'coordinator/plan',
    'coordinator/view',
    'coordinator/enrolment',
    'coordinator/observing',
    'coordinator/upkeep',
    'coordinator/operations',
    'coordinator/joining',
  ],
  'coordinator/web': ['shared', 'coordinator/store', 'coordinator/api'],
  'coordinator/web/app': ['shared'],
  'coordinator/server': [
    'shared',
    'coordinator/store',
    'coordinator/replica',
    'coordinator/plan',
    'coordinator/view',
    'coordinator/enrolment',
    'coordinator/observing',
    'coordinator/upkeep',
    'coordinator/operations',
    'coordinator/joining',
    'coordinator/api',
    'coordinator/web',
  ],
  // The command speaks the protocol; what it does without a coordinator is named file by file.
  'coordinator/cli': [
    'shared',
    'coordinator/store/files.ts',
    'coordinator/plan/plan-changes.ts',
    'coordinator/plan/signature.ts',
    'coordinator/enrolment/cloud-init.ts',
    'coordinator/upkeep/backup',
    'coordinator/server/serve.ts',
    'coordinator/server/connections/listen.ts',
  ],
  'coordinator/main.ts': ['coordinator/cli'],

  // The reference is made from the commands and endpoints themselves.
  deploy: [
    'shared',
    'agent/commands.ts',
    'coordinator/api',
    'coordinator/cli',
    'coordinator/server',
    'coordinator/web',
  ],
};

/** Folders in which each file is one entry of a list: they may hold more than `most`. */
const catalogues = [
  'agent/facts',
  'agent/machine',
  'agent/steps',
  'coordinator/cli/commands',
  'coordinator/cli/handlers',
  'coordinator/store',
  'deploy/build',
  'shared/diagnosis/failures',
  'shared/plan',
  'shared/preflight',
  'shared/protocol',
  'shared/steps',
];
/** Files side by side. */
const most = 15;

const root = resolve(import.meta.dirname, '..');
const git = ['ls-files', '--cached', '--others', '--exclude-standard', 'agent', 'coordinator', 'shared', 'deploy'];
const files = execFileSync('git', git, { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file));

/** The project's own files that a file imports, for their types too. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export) [^;]*?\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm,
  );
  return [...found].map(([, ...paths]) => join(dirname(file), paths.find((path) => path !== undefined) ?? ''));
}

const graph = new Map(files.filter(existsOnDisk).map((file) => [file, importsOf(file)]));

function existsOnDisk(file: string): boolean {
  try {
    readFileSync(join(root, file));
    return true;
  } catch {
    return false;
  }
}

const isBelow = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

/** The entry of the table that a file belongs to. */
function roomOf(file: string): string {
  const rooms = Object.keys(mayImport).filter((room) => isBelow(file, room));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

it('imports run in the direction of the table', () => {
  const wrong = [...graph].flatMap(([file, imports]) => {
    const room = roomOf(file);
    const allowed = mayImport[room] ?? [];
    return imports
      .filter((path) => roomOf(path) !== room && !allowed.some((folder) => isBelow(path, folder)))
      .map((path) => `${file} imports ${path}`);
  });
  expect(graph.size).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});

it('the table has no cycle', () => {
  const rooms = Object.keys(mayImport);
  const next = (room: string) => rooms.filter((other) => other !== room && mayImport[room]?.includes(other));
  expect(cycles(rooms, next)).toEqual([]);
});

it('no file imports itself by way of others, not even types', () => {
  expect(cycles([...graph.keys()], (file) => graph.get(file) ?? [])).toEqual([]);
});

/** Where the agent reads and writes without the port: the port, and what is the agent's own (state, backups, programs). */
const withoutPort = [
  'agent/host',
  'agent/backup',
  'agent/link',
  'agent/prior',
  'agent/update',
  'agent/uninstall/command.ts',
];

it('the agent reaches its host through the port only', () => {
  const access = /^import (?!type).* from '(?:node:fs|node:fs\/promises|node:child_process|execa)';$/m;
  const bypassing = [...graph.keys()]
    .filter((file) => isBelow(file, 'agent') && !withoutPort.some((one) => isBelow(file, one)))
    .filter((file) => access.test(readFileSync(join(root, file), 'utf8')));
  // A plan file that `muster-agent preflight --plan` names.
  expect(bypassing).toEqual(['agent/preflight/planned.ts']);
});

it('no folder has too many files side by side, catalogues excepted', () => {
  const counts = new Map<string, number>();
  for (const file of graph.keys()) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const crowded = [...counts].filter(
    ([folder, count]) => count > most && !catalogues.some((one) => isBelow(folder, one)),
  );
  expect(crowded).toEqual([]);
});

/** One cycle for each edge that closes one, such as "a -> b -> a". */
function cycles(nodes: readonly string[], next: (node: string) => readonly string[]): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  function visit(node: string, path: readonly string[]): void {
    const start = path.indexOf(node);
    if (start !== -1) found.push([...path.slice(start), node].join(' -> '));
    if (start !== -1 || done.has(node)) return;
    for (const one of next(node)) visit(one, [...path, node]);
    done.add(node);
  }
  for (const node of nodes) visit(node, []);
  return found;
}
