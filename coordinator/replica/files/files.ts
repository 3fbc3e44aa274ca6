import { hash } from 'node:crypto';
import { existsSync, type Stats } from 'node:fs';
import { copyFile, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { unlessMissing, writeAtomically } from '../../../shared/node/files.ts';
import type { Change } from '../../store/replicated.ts';
import { createContent, secretNames } from './content.ts';
import { isHeader, isPart } from './parts.ts';

/** Each part is an object in etcd; of larger files each coordinator needs its own copy. In bytes. */
export const mostBytes = 32 * 1024 ** 2;
const table = 'files';
const planName = 'plan/cluster.yaml';
const passwordsName = 'state/passwords.json';
const stateNames = [passwordsName, ...secretNames];

/** Whether a file's change is of the plan or a file beside it. */
export const isOfPlan = ({ key: [name = ''] }: Change): boolean => !stateNames.includes(name);

export interface FilesOptions {
  /** The plan file. */
  plan: string;
  /** The plan file, then the files that it names. */
  planFiles: () => readonly string[];
  /** The coordinator's state folder. */
  state: string;
}

export type Files = ReturnType<typeof createFiles>;

/** Files that coordinators share: the plan, the files beside it, the hashes of the page's passwords, the recovery key. */
export function createFiles({ plan, planFiles, state }: FilesOptions) {
  const { secrets, changesOf, contentOf, sha256Of } = createContent(state);
  const { pathOf, nameOf, isBeside } = createNames({ plan, state });
  /** By name: the content that all have, by hash, and the file's state when it was read. */
  const shared = new Map<string, { sha256: string; stamp: string }>();
  /** By name: the file's state when it was last read. */
  const stamps = new Map<string, string>();
  /** Paths, as of the last read. */
  let tooLarge: readonly string[] = [];

  async function read(isWanted: (name: string, stamp: string) => boolean): Promise<Read[]> {
    const found: Read[] = [];
    const large: string[] = [];
    const names = [...new Set([...planFiles().filter(isBeside).map(nameOf), passwordsName, ...(await secrets())])];
    for (const name of names) {
      const path = pathOf(name) ?? '';
      const state = await unlessMissing(stat(path));
      if (state === null) continue;
      if (state.size > mostBytes) {
        large.push(path);
        continue;
      }
      const stamp = stampFrom(state);
      if (!isWanted(name, stamp)) continue;
      const content = await readFile(path);
      found.push({ name, stamp, content, sha256: hash('sha256', content) });
      stamps.set(name, stamp);
    }
    tooLarge = large;
    return found;
  }

  /** Those that differ from what all coordinators have. */
  async function different(): Promise<Read[]> {
    const touched = await read((name, stamp) => shared.get(name)?.stamp !== stamp);
    const [same, other] = [touched, touched].map((some, index) =>
      some.filter(({ name, sha256 }) => (shared.get(name)?.sha256 === sha256) === (index === 0)),
    );
    same?.forEach(keep);
    return other ?? [];
  }

  const keep = ({ name, sha256, stamp }: Pick<Read, 'name' | 'sha256' | 'stamp'>) =>
    void shared.set(name, { sha256, stamp });

  return {
    /** All of them. */
    all: async (): Promise<Change[]> => (await Promise.all((await read(() => true)).map(changesOf))).flat(),
    /** Those that differ from what all coordinators have. */
    changed: async (): Promise<Change[]> => (await Promise.all((await different()).map(changesOf))).flat(),
    /** Whether the operator changed the plan here, or a file beside it. false: also if nobody's is known. */
    isEdited: async (): Promise<boolean> =>
      shared.has(planName) && (await different()).some(({ name }) => !stateNames.includes(name)),
    /** Notes what all coordinators have, where that is not known yet, as after a restart. */
    async know(changes: readonly Change[]): Promise<void> {
      for (const change of changes) {
        const [name = ''] = change.key;
        const sha256 = shared.has(name) ? null : await sha256Of(change);
        if (sha256 !== null) shared.set(name, { sha256, stamp: '' });
      }
    },
    /** All coordinators have this content. */
    async sent(change: Change): Promise<void> {
      const name = change.key[0] ?? '';
      const sha256 = await sha256Of(change);
      if (sha256 !== null) keep({ name, stamp: stamps.get(name) ?? '', sha256 });
    },
    isFile: (change: Change): boolean => change.table === table || isPart(change) || isHeader(change),
    /** Paths of files that are too large to be shared. */
    tooLarge: (): readonly string[] => tooLarge,
    /**
     * Writes another coordinator's files; the plan last: it names the others. What was edited only here stays; in both
     * places: is kept as `FILE.replaced`. Returns whether any changed. Throws MusterError `shared-file-incomplete`.
     */
    async apply(changes: readonly Change[]): Promise<boolean> {
      let hasChanged = false;
      const planLast = changes.toSorted((a, b) => Number(a.key[0] === planName) - Number(b.key[0] === planName));
      for (const change of planLast) {
        const name = change.key[0] ?? '';
        const [path, content] = [pathOf(name), await contentOf(change)];
        if (path === null || content === null) continue;
        const [known, sha256] = [shared.get(name)?.sha256, hash('sha256', content)];
        if (known === sha256 && !stateNames.includes(name) && existsSync(path)) continue;
        if (await replace(path, name, content, known)) hasChanged = true;
        keep({ name, sha256, stamp: await stampOf(path) });
      }
      return hasChanged;
    },
  };
}

/** The names of shared files, which are the same on all control planes, and their paths on this one. */
function createNames({ plan, state }: Pick<FilesOptions, 'plan' | 'state'>) {
  const isBeside = (path: string) => !relative(dirname(plan), path).startsWith('..');
  return {
    isBeside,
    nameOf: (path: string) => (path === plan ? planName : join('plan', relative(dirname(plan), path))),
    /** null: it is none. */
    pathOf(name: string): string | null {
      if (name === planName) return plan;
      if (stateNames.includes(name)) return join(state, basename(name));
      const path = join(dirname(plan), name.slice('plan/'.length));
      return name.startsWith('plan/') && isBeside(path) ? path : null;
    },
  };
}

interface Read {
  name: string;
  stamp: string;
  content: Buffer;
  sha256: string;
}

async function stampOf(path: string): Promise<string> {
  const state = await unlessMissing(stat(path));
  return state === null ? '' : stampFrom(state);
}

const stampFrom = ({ ino, size, mtimeMs }: Stats): string => `${ino}:${size}:${mtimeMs}`;

/** Keeps what is neither the new content nor what all had. `shared`: hash of the latter. false: the file is as it was. */
async function replace(path: string, name: string, content: Buffer, shared: string | undefined): Promise<boolean> {
  const there = await unlessMissing(readFile(path));
  const before = there && hash('sha256', there);
  if (before === hash('sha256', content)) return false;
  if (before !== null && before !== shared && !secretNames.includes(name)) await copyFile(path, `${path}.replaced`);
  await writeAtomically(path, content, { mode: stateNames.includes(name) ? 0o600 : 0o640 });
  return true;
}
