import { posix } from 'node:path';
import type { Host, RunOptions, RunResult, UnitOptions, UnitResult } from '../../agent/host/host.ts';
import type { Lock } from '../../agent/host/lock.ts';
import type { Thing, ThingRecord } from '../../agent/prior/record.ts';

/** A scripted program's result: its standard output with exit code 0, or the fields that matter. */
export type ProgramAnswer = string | Partial<RunResult>;
export type FakeProgram = (
  args: readonly string[],
  options: RunOptions | UnitOptions,
) => ProgramAnswer | undefined | Promise<ProgramAnswer | undefined>;

export interface FakeCall {
  /** `run` for a short program, the unit's name for a transient unit. */
  as: string;
  program: string;
  args: readonly string[];
  input?: string;
  env?: Readonly<Record<string, string>>;
}

export interface FakeHostOptions {
  /** Path -> content. */
  files?: Record<string, string>;
  /** Link path -> target. */
  links?: Record<string, string>;
  /** Paths that cannot be changed. */
  locks?: Record<string, Lock['lock']>;
  /** Program name -> behaviour. A missing program has exit code 127; `undefined` means exit code 0 and no output. */
  programs?: Record<string, FakeProgram>;
  /** The prior-state record. */
  recorded?: readonly ThingRecord[];
  now?: Date;
}

export interface FakeHost extends Host {
  readonly files: Map<string, { content: string; mode: number }>;
  readonly links: Map<string, string>;
  readonly programs: Record<string, FakeProgram>;
  /** Transient units left by an earlier agent, adopted by runUnit: name -> state and result. */
  readonly units: Map<string, { state: 'running' | 'ended'; result: UnitResult }>;
  /** Every program that was run, in order. */
  readonly calls: FakeCall[];
  /** Calls as lines, such as `swapoff -a`, for short assertions. */
  lines(): string[];
  /** Every path that was written, removed or linked, in order. */
  readonly written: string[];
  /** What was recorded before it was changed, such as `unit kubelet`, in order. */
  readonly remembered: string[];
  /** The callback passed to watch(), for the test to call. */
  readonly watchers: { folders: readonly string[]; onChange: () => void }[];
  /** The content of a file; throws when it does not exist. */
  content(path: string): string;
}

const isUnder = (folder: string) => {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return (path: string) => path.startsWith(prefix);
};

/** A machine in memory: files, links, scripted programs, and a clock that only sleep() advances. */
export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  const files: FakeHost['files'] = new Map(
    Object.entries(options.files ?? {}).map(([path, content]) => [path, { content, mode: 0o644 }]),
  );
  const links = new Map(Object.entries(options.links ?? {}));
  const programs: Record<string, FakeProgram> = { sync: () => '', ...options.programs };
  const units: FakeHost['units'] = new Map();
  const calls: FakeCall[] = [];
  const written: string[] = [];
  const remembered: string[] = [];
  const watchers: FakeHost['watchers'] = [];
  let clock = (options.now ?? new Date('2026-01-01T00:00:00Z')).getTime();

  const follow = (path: string): string => {
    const target = links.get(path);
    return target === undefined ? path : follow(posix.resolve(posix.dirname(path), target));
  };

  async function call(as: string, program: string, args: readonly string[], given: RunOptions & UnitOptions) {
    calls.push({
      as,
      program,
      args: [...args],
      ...(given.input === undefined ? {} : { input: given.input }),
      ...(given.env === undefined ? {} : { env: given.env }),
    });
    const act = programs[program];
    if (act === undefined) return { exitCode: 127, stdout: '', stderr: `${program}: command not found` };
    const answer = (await act(args, given)) ?? {};
    return { exitCode: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
  }

  return {
    files,
    links,
    programs,
    units,
    calls,
    written,
    remembered,
    watchers,
    lines: () => calls.map(({ program, args }) => [program, ...args].join(' ')),
    content(path) {
      const file = files.get(follow(path));
      if (file === undefined) throw new Error(`${path} is not there`);
      return file.content;
    },

    run: (program, args, given = {}) => call('run', program, args, given),
    async runUnit(name, program, args, given = {}) {
      const found = units.get(name);
      if (found !== undefined) {
        units.delete(name);
        for (const line of found.result.tail) given.onLine?.(line);
        return found.result;
      }
      const result = await call(name, program, args, given);
      const tail = `${result.stdout}\n${result.stderr}`.split('\n').filter((line) => line !== '');
      for (const line of tail) given.onLine?.(line);
      return { exitCode: result.exitCode, tail: tail.slice(-200) };
    },
    unitState: async (name) => units.get(name)?.state ?? 'none',

    readFile: async (path) => files.get(follow(path))?.content ?? null,
    async writeFile(path, content, options = {}) {
      const file = links.get(path) === '/dev/null' ? path : follow(path);
      written.push(file);
      links.delete(file);
      files.set(file, { content: content.toString(), mode: options.mode ?? files.get(file)?.mode ?? 0o644 });
    },
    async removeFile(path) {
      written.push(path);
      files.delete(path);
      links.delete(path);
    },
    async list(path) {
      const below = [...files.keys(), ...links.keys()].filter(isUnder(path));
      const depth = path.endsWith('/') ? path.length : path.length + 1;
      return [...new Set(below.map((full) => full.slice(depth).split('/')[0] ?? ''))].sort();
    },
    readLink: async (path) => links.get(path) ?? null,
    async symlink(target, path) {
      written.push(path);
      files.delete(path);
      links.set(path, target);
    },
    async exists(path) {
      const full = follow(path);
      return files.has(full) || [...files.keys(), ...links.keys()].some(isUnder(full));
    },
    async fileState(path) {
      const target = links.get(path);
      if (target !== undefined) return { state: 'link', target };
      const file = files.get(path);
      if (file === undefined) return { state: 'absent', made: null };
      return { state: 'file', mode: file.mode, uid: 0, gid: 0, base64: Buffer.from(file.content).toString('base64') };
    },
    async below(folder) {
      const paths = [...files.keys(), ...links.keys()].filter(isUnder(folder)).sort();
      return paths.length === 0 ? null : paths;
    },
    lock: async (path) => {
      const lock = options.locks?.[path];
      return lock === undefined ? null : { path, lock };
    },
    inodes: async () => ({ free: 1000, all: 2000 }),
    async restore(path, state) {
      written.push(path);
      files.delete(path);
      links.delete(path);
      if (state.state === 'link') links.set(path, state.target);
      if (state.state === 'file')
        files.set(path, { content: Buffer.from(state.base64, 'base64').toString(), mode: state.mode });
    },
    removeFolder: async (path) => ![...files.keys(), ...links.keys()].some(isUnder(path)),
    async removeTree(path) {
      written.push(path);
      for (const map of [files, links])
        for (const key of [...map.keys()]) if (key === path || isUnder(path)(key)) map.delete(key);
    },
    stamp: async (path) => links.get(path) ?? files.get(path)?.content ?? null,
    async remember({ kind, name }: Thing) {
      remembered.push(`${kind} ${name}`);
    },
    recall: async ({ kind, name }) =>
      options.recorded?.find((record) => record.kind === kind && record.name === name) ?? null,
    watch: (folders, onChange) => void watchers.push({ folders, onChange }),
    now: () => new Date(clock),
    async sleep(ms, signal) {
      if (signal?.aborted !== true) clock += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
