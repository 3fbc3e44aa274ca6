import type { PackageSource } from '../../../shared/plan/schema.ts';
import type { RunLong } from '../../host/host.ts';

export interface InstalledPackage {
  version: string;
  /** Its version stays when others are upgraded. */
  held: boolean;
  architecture: string;
}

/** What keeps packages from being installed. */
export interface Obstacles {
  /** The program that holds the lock; '': none; null: another user's open files cannot be read. */
  lock: string | null;
  /** An earlier installation was cut short. */
  interrupted: boolean;
  /** Packages that are not fully installed; null: not known. */
  broken: string[] | null;
}

export interface InstallMeans {
  runLong: RunLong;
  /** Proxy variables for downloads, such as HTTPS_PROXY. */
  proxy: Readonly<Record<string, string>>;
}

export interface RefreshMeans extends InstallMeans {
  /** The repository that has to answer. */
  url: string;
  say(line: string): void;
  sleep(ms: number): Promise<void>;
}

/** A file that names repositories. */
export interface SourceFile {
  path: string;
  /** Its text with one repository commented out. */
  without: string;
}

/** An answer to GET; `missing`: 404. */
export type FetchText = (url: string) => Promise<{ state: 'ok'; text: string } | { state: 'missing' | 'failed' }>;

/**
 * How a host gets its packages: one file of this folder for each package manager. Nothing outside of this folder and shared/packages
 * knows which one it is. Everything throws MusterError `packages-failed` or `program-failed` where the manager fails.
 */
export interface Packages {
  /** Changes whenever a package is installed, removed, held or released. */
  readonly database: string;

  /** Those of these packages that are fully installed, by name. */
  installed(names: readonly string[]): Promise<Map<string, InstalledPackage>>;
  /** All that is installed; with the architecture where it is not the host's. */
  installedNames(): Promise<string[]>;
  /** The manager's name of the host's architecture, such as amd64; null: not known. */
  architecture(): Promise<string | null>;
  obstacles(): Promise<Obstacles>;
  isHeld(name: string): Promise<boolean>;
  /** Those of these paths that a package brought. */
  owned(paths: readonly string[]): Promise<Set<string>>;

  /** Versions that the configured repositories offer, newest first, by name. */
  offered(names: readonly string[]): Promise<Map<string, string[]>>;
  /** A file that tells that the repository is there. */
  releaseUrl(source: PackageSource): string;
  /** Versions that a repository offers of one package; null: its index cannot be read. */
  offeredAt(source: PackageSource, name: string, fetchText: FetchText): Promise<string[] | null>;

  /** Content of the key's file; null: these bytes are no key. */
  keyText(key: Buffer): string | null;
  /** Files other than muster's own that name the repository at `url`. */
  otherSources(url: string): Promise<SourceFile[]>;
  /** Paths of files other than muster's own that name any repository of Kubernetes. */
  kubernetesSources(): Promise<string[]>;

  /** Finishes what an interrupted installation left; nothing is run where there is none. */
  finishInterrupted(runLong: RunLong): Promise<void>;
  /** Reads the repositories' indexes, several times where that fails. */
  refresh(means: RefreshMeans): Promise<void>;
  /** Installs `pinned` at exactly that version, up or down, held or not, and `latest` at any. Configuration files stay. */
  install(
    what: { latest: readonly string[]; pinned: readonly string[]; version: string },
    means: InstallMeans,
  ): Promise<void>;
  hold(names: readonly string[]): Promise<void>;
  release(names: readonly string[]): Promise<void>;
  /** Installs a package that is there again, as files of it are gone. */
  reinstall(name: string): Promise<void>;
  /** Deletes downloads. */
  clean(): Promise<void>;
  /** Those of these packages that no other installed package needs. */
  unneeded(names: readonly string[]): Promise<string[]>;
  /** Removes packages with their configuration. */
  purge(names: readonly string[], runLong: RunLong): Promise<void>;
}
