import type { Thing, ThingRecord } from '../prior/record.ts';
import type { FileState } from './file-state.ts';

/** The one port through which the agent touches its machine. host-linux.ts is the real one; tests pass their own. */

export interface RunOptions {
  /** Sent to standard input: the place for secrets, which never go into `args`. */
  input?: string;
  /** Default 60,000. A program that is still running then is killed and reported with exit code 124. */
  timeoutMs?: number;
  env?: Readonly<Record<string, string>>;
}

export interface RunResult {
  /** 127: there is no such program. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface UnitOptions {
  env?: Readonly<Record<string, string>>;
  /** Called for each line of output, as it comes. */
  onLine?: (line: string) => void;
  /** Stops waiting (and listening); the unit itself goes on. */
  signal?: AbortSignal;
  /** Seconds after which systemd ends the unit. Default 1,800. */
  maxSeconds?: number;
}

/** Runs a long program in a unit of its own with its output connected; `part` names the unit where a caller runs several. */
export type RunLong = (
  program: string,
  args: readonly string[],
  options?: Omit<UnitOptions, 'onLine' | 'signal'> & { part?: string },
) => Promise<UnitResult>;

export interface UnitResult {
  /** The main program's exit code; null: it was killed by a signal, by its time limit or by a power cut. */
  exitCode: number | null;
  /** The last lines of its output, 200 at the most. */
  tail: string[];
}

export interface WriteOptions {
  /** Permission bits, set before the file has any content. Default 0o644. */
  mode?: number;
}

/** Short programs, and what files say. */
export interface HostView {
  /** Runs a short program to its end. Never throws for an exit code; a program that is not there is exit code 127. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** null: there is no such file. Other errors are thrown. */
  readFile(path: string): Promise<string | null>;
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): Promise<string[]>;
  /** The target of a symbolic link, or null. */
  readLink(path: string): Promise<string | null>;
  exists(path: string): Promise<boolean>;
  /** Changes whenever a file or link is written, replaced or gets another mode; null: there is nothing. */
  stamp(path: string): Promise<string | null>;
  /** What stands at a path; null: something that muster neither writes nor removes, such as a folder. */
  fileState(path: string): Promise<FileState | null>;
  /** Every path below a folder, sorted; null: there is no such folder. */
  below(folder: string): Promise<string[] | null>;
  /** Inodes of the file system at a path; null: not known. */
  inodes(path: string): Promise<{ free: number; all: number } | null>;
}

export interface Host extends HostView {
  /**
   * Runs a program that must not die half-way, as the transient systemd unit `muster-NAME.service`, which outlives the agent. Where
   * that unit is already there (an earlier agent started it), it is adopted: its output from the first line on and its result.
   * Ended units are cleared away once their result has been returned.
   */
  runUnit(name: string, program: string, args: readonly string[], options?: UnitOptions): Promise<UnitResult>;

  /** `running`: the unit works now; `ended`: its result waits to be picked up by runUnit; `none`: no such unit. */
  unitState(name: string): Promise<'running' | 'ended' | 'none'>;

  /**
   * Temp file in the same folder, mode, content, fsync, rename, fsync of the folder; makes the folder where it is missing. The first
   * time that a path outside muster's own folders is written or removed, what was there is recorded below agentPaths.prior.
   */
  writeFile(path: string, content: string, options?: WriteOptions): Promise<void>;
  /** No error when it is not there. Files only. */
  removeFile(path: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  /** Makes a path hold what was recorded of it, owner and mode included. Nothing is recorded. */
  restore(path: string, state: FileState): Promise<void>;
  /** Whether the folder is gone: one with something in it stays. */
  removeFolder(path: string): Promise<boolean>;
  /** A file or folder with all that is in it. Nothing is recorded. */
  removeTree(path: string): Promise<void>;
  /**
   * Records how a setting that is no file is now, below agentPaths.prior, unless that was recorded before. Called before such a
   * setting is changed, as `muster-agent uninstall` puts back what was recorded.
   */
  remember(thing: Thing): Promise<void>;
  /** What was recorded of a setting before muster changed it; null: nothing. Throws MusterError `prior-unreadable`. */
  recall(thing: Thing): Promise<ThingRecord | null>;
  /**
   * Calls back soon after something directly in one of the folders was made, changed or removed, until the signal fires. A folder that is not
   * there is looked for each second.
   */
  watch(folders: readonly string[], onChange: () => void, signal: AbortSignal): void;
  now(): Date;
  /** Resolves after `ms`, or at once when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
