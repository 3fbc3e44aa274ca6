import type { Thing, ThingRecord } from '../prior/record.ts';
import type { FileState } from './file-state.ts';
import type { Lock } from './lock.ts';

/** The single port through which the agent accesses its machine; host-linux.ts implements it, tests replace it. */

export interface RunOptions {
  /** Standard input; secrets go here and never into `args`. */
  input?: string;
  /** Default 60,000. A program still running after that is killed and reported with exit code 124. */
  timeoutMs?: number;
  env?: Readonly<Record<string, string>>;
}

export interface RunResult {
  /** 127: the program does not exist. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface UnitOptions {
  env?: Readonly<Record<string, string>>;
  /** Called for each line of output as it arrives. */
  onLine?: (line: string) => void;
  /** Stops waiting and reading; the unit keeps running. */
  signal?: AbortSignal;
  /** Seconds after which systemd ends the unit. Default 1,800. */
  maxSeconds?: number;
}

/**
 * Runs a long program as a transient unit with its output forwarded; `part` names the unit if a caller runs several.
 */
export type RunLong = (
  program: string,
  args: readonly string[],
  options?: Omit<UnitOptions, 'onLine' | 'signal'> & { part?: string },
) => Promise<UnitResult>;

export interface UnitResult {
  /** Exit code of the main program; null: ended by a signal, its time limit or a power failure. */
  exitCode: number | null;
  /** The last lines of output, at most 200. */
  tail: string[];
}

export interface WriteOptions {
  /** Permission bits, set before any content is written. Default: those of the existing file, or 0o644. */
  mode?: number;
}

/** The read-only part of the port, plus short programs. */
export interface HostView {
  /** Runs a short program to completion. Never throws for an exit code; 127: the program does not exist. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** null: the file does not exist, or is a folder. Throws other errors. */
  readFile(path: string): Promise<string | null>;
  /** Names in a folder, sorted; empty if the folder does not exist. */
  list(path: string): Promise<string[]>;
  /** Target of a symbolic link; null: not a link. */
  readLink(path: string): Promise<string | null>;
  exists(path: string): Promise<boolean>;
  /** Changes whenever a file or link is written, replaced or changes mode; null: the path does not exist. */
  stamp(path: string): Promise<string | null>;
  /** What exists at a path; null: something that muster neither writes nor removes, such as a folder. */
  fileState(path: string): Promise<FileState | null>;
  /** All paths below a folder, sorted; null: the folder does not exist. */
  below(folder: string): Promise<string[] | null>;
  /** What keeps a file from being changed or created; null: nothing. */
  lock(path: string): Promise<Lock | null>;
  /** Inodes of the file system at a path; null: unknown. */
  inodes(path: string): Promise<{ free: number; all: number } | null>;
}

export interface Host extends HostView {
  /**
   * Runs a program that must not be interrupted as the transient systemd unit `muster-NAME.service`, which outlives the
   * agent. Adopts an existing unit started by an earlier agent: reads its output from the first line and returns its
   * result. Removes the unit once its result has been returned. Throws MusterError `systemd-unreachable` or
   * `unit-not-started`.
   */
  runUnit(name: string, program: string, args: readonly string[], options?: UnitOptions): Promise<UnitResult>;

  /** `running`: the unit is active; `ended`: its result waits for runUnit; `none`: no such unit. */
  unitState(name: string): Promise<'running' | 'ended' | 'none'>;

  /**
   * Writes atomically: temporary file in the same folder, mode, content, fsync, rename, fsync of the folder. Keeps
   * owner, ACL, SELinux label and other attributes of an existing file; edits the target of a link. Creates missing
   * folders. The first write or removal of a path outside muster's folders records its prior state below
   * agentPaths.prior.
   */
  writeFile(path: string, content: string | Buffer, options?: WriteOptions): Promise<void>;
  /** Removes a file; succeeds if it does not exist. */
  removeFile(path: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  /** Restores a recorded path, including owner and mode. Records nothing. */
  restore(path: string, state: FileState): Promise<void>;
  /** Removes an empty folder. false: it is not empty and stays. */
  removeFolder(path: string): Promise<boolean>;
  /** Removes a file or folder with everything in it. Records nothing. */
  removeTree(path: string): Promise<void>;
  /**
   * Records the current value of a setting that is not a file, unless it is recorded already. Must be called before the
   * setting is changed; `muster-agent uninstall` restores the recorded value.
   */
  remember(thing: Thing): Promise<void>;
  /** The recorded prior value of a setting; null: none. Throws MusterError `prior-unreadable`. */
  recall(thing: Thing): Promise<ThingRecord | null>;
  /**
   * Calls back soon after something directly in one of the folders is created, changed or removed, until the signal
   * fires. A missing folder is polled once a second.
   */
  watch(folders: readonly string[], onChange: () => void, signal: AbortSignal): void;
  now(): Date;
  /** Resolves after `ms`, or immediately when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
