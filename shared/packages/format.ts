import type { PackageSource, RuntimeSource } from '../plan/schema.ts';

/** A source list of muster, and the signing key of the repository that it names. */
export interface SourceFiles {
  sourceFile: string;
  keyFile: string;
}

/** Programs that kubeadm, the kubelet or network plugins run. */
export type HelperProgram =
  | 'conntrack'
  | 'crictl'
  | 'ebtables'
  | 'ethtool'
  | 'ip'
  | 'iptables'
  | 'mount'
  | 'nsenter'
  | 'socat'
  | 'tc';

/** What a source is for. */
export type SourcePurpose = 'kubernetes' | 'runtime';

/** Host-independent properties of a package manager: its files, their content, and commands shown to users. */
export interface PackageFormat {
  files: Readonly<Record<SourcePurpose, SourceFiles>>;
  /** The package of each program. */
  packageOf: Readonly<Record<HelperProgram, string>>;
  /** Folder with further files that name repositories. */
  sourceFolder: string;
  /** Content of a source list. `arch`: Node's name of the host's architecture, x64 or arm64. */
  sourceText(source: PackageSource, arch: string, purpose: SourcePurpose): string;
  /** Kubernetes repositories that a plan can name by keyword, for a minor version such as 28. */
  repositories: Readonly<Record<'public' | 'aliyun', (minor: number) => PackageSource>>;
  /** URLs of Docker's repositories that a plan can name by keyword. */
  runtimeMirrors: Readonly<Record<'docker' | 'aliyun', string>>;
  /** The repository of the runtime's packages for a release. */
  runtimeRepository(source: RuntimeSource, release: { id: string; codename: string }): PackageSource;
  /** Places of a newer copy of a key, to be used once the one at `url` has ended. */
  newerKeys(url: string): string[];
  commands: PackageCommands;
}

/** Shell commands shown in texts. */
export interface PackageCommands {
  refresh: string;
  install(packages: readonly string[]): string;
  /** Restores the files of installed packages. */
  reinstall(packages: readonly string[]): string;
  /** Installs packages at a version, even if it is older or they are held. */
  replace(packages: readonly string[], version: string): string;
  /** A package at a version, as an argument of `install`. */
  at(name: string, version: string): string;
  hold(packages: readonly string[]): string;
}
