import type { PackageFormat } from '../../../shared/packages/format.ts';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import type { CodedText } from '../../../shared/text/local-text.ts';
import type { Host, RunLong } from '../../host/host.ts';

export interface InstalledPackage {
  version: string;
  /** Its version is excluded from upgrades. */
  held: boolean;
  architecture: string;
}

export interface ChosenPackage {
  name: string;
  /** null: the newest. */
  version: string | null;
}

/** Conditions that block package installation. */
export interface Obstacles {
  /** The process that holds the lock, such as `apt-get (process 77)`; '': none; null: descriptors cannot be read. */
  lock: string | null;
  /** An earlier installation was interrupted. */
  interrupted: boolean;
  /** Packages that are not completely installed; null: unknown. */
  broken: string[] | null;
}

/** Waits while another process holds the package manager's lock. */
export interface LockMeans {
  say(line: CodedText): void;
  sleep(ms: number): Promise<void>;
}

export interface RunMeans extends LockMeans {
  runLong: RunLong;
}

export interface InstallMeans extends RunMeans {
  /** Proxy variables for downloads, such as HTTPS_PROXY. */
  proxy: Readonly<Record<string, string>>;
}

export interface RefreshMeans extends InstallMeans {
  files: Pick<Host, 'writeFile' | 'removeTree'>;
}

/** A file that names a repository. */
export interface SourceFile {
  path: string;
  /** Its text with that repository commented out. */
  without: string;
}

/** Lines of a source file, from 1. */
export interface SourceLines {
  path: string;
  first: number;
  last: number;
}

/** An entry of a source file that the package manager cannot use. */
export interface BrokenSource extends SourceLines {
  reason: string;
}

/** A weakness of a signature or its key, and the day from which it is refused, such as 2026-02-01; '': always. */
export interface Refusal {
  weakness: 'v3' | 'sha1' | 'sha1-key';
  since: string;
}

export interface Signed {
  /** The key file has the key of the signature. */
  isKnown: boolean;
  /** When that key ends, in ms; null: never. */
  expires: number | null;
  /** Why this host's package manager will refuse the signature; null: it will not. */
  refusal: Refusal | null;
}

/** Fetches a URL with GET; `missing`: 404. */
export type FetchText = (url: string) => Promise<{ state: 'ok'; text: string } | { state: 'missing' | 'failed' }>;

/**
 * Package management of a host; this folder has one file per package manager, and only it and shared/packages know
 * which one is used. All calls throw MusterError `packages-failed` or `program-failed` if the manager fails.
 */
export interface Packages {
  /** Its files, their content, and its commands. */
  readonly format: PackageFormat;
  /** Path of a file that changes whenever a package is installed, removed, held or released. */
  readonly database: string;

  /** Completely installed packages among `names`, by name. */
  installed(names: readonly string[]): Promise<Map<string, InstalledPackage>>;
  /** Names of all installed packages, with the architecture if it is not the host's. */
  installedNames(): Promise<string[]>;
  /** The host's architecture in the manager's spelling, such as amd64; null: unknown. */
  architecture(): Promise<string | null>;
  obstacles(): Promise<Obstacles>;
  isHeld(name: string): Promise<boolean>;
  /** Those of `paths` that belong to a package. */
  owned(paths: readonly string[]): Promise<Set<string>>;

  /**
   * Versions offered by the configured repositories, by name: the one that would be installed, then the others, newest
   * first.
   */
  offered(names: readonly string[]): Promise<Map<string, string[]>>;
  /** Those of `names` that repositories offer and the site's preferences exclude. */
  pinned(names: readonly string[]): Promise<string[]>;
  /** Whether any repository's index has been downloaded. */
  hasIndexes(): Promise<boolean>;
  /** URL of a file that proves that the repository is reachable. */
  releaseUrl(source: PackageSource): string;
  /** Versions offered by a repository, newest first, by name; null: its index cannot be read. */
  offeredAt(
    source: PackageSource,
    names: readonly string[],
    fetchText: FetchText,
  ): Promise<Map<string, string[]> | null>;

  /** Content of the key file; null: `key` is not a public key. */
  keyText(key: Buffer): string | null;
  /** When the last key of a key file ends, in ms; null: never, or unknown. */
  keyEnd(key: Buffer): number | null;
  /** How a repository is signed, given its key file; null: its signature cannot be read. `now` in ms. */
  signed(source: PackageSource, key: Buffer, fetchText: FetchText, now: number): Promise<Signed | null>;
  /** Files, except muster's own, that name a repository. */
  otherSources(source: PackageSource): Promise<SourceFile[]>;
  /** Entries, except muster's own, that name a Kubernetes repository. */
  kubernetesSources(): Promise<SourceLines[]>;
  /** Entries, except muster's own, that the manager cannot read, or could not use at the last refresh. */
  brokenSources(): Promise<BrokenSource[]>;

  /** Completes an interrupted installation; does nothing if there is none. */
  finishInterrupted(means: RunMeans): Promise<void>;
  /**
   * Updates the repositories' indexes; retries on failure. Entries of others that cannot be used are left out of this
   * and later calls, with a warning.
   */
  refresh(means: RefreshMeans): Promise<void>;
  /** Installs each package at exactly its version (up- or downgrade, even if held). Keeps configuration files. */
  install(packages: readonly ChosenPackage[], means: InstallMeans): Promise<void>;
  hold(names: readonly string[]): Promise<void>;
  release(names: readonly string[]): Promise<void>;
  /** Reinstalls an installed package to restore its files. */
  reinstall(name: string, means: LockMeans): Promise<void>;
  /** Deletes downloaded packages and indexes. */
  clean(): Promise<void>;
  /** Those of `names` that no other installed package needs. */
  unneeded(names: readonly string[]): Promise<string[]>;
  /** Removes packages and their configuration. */
  purge(names: readonly string[], means: RunMeans): Promise<void>;
}
