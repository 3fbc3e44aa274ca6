import type { PackageSource } from '../plan/schema.ts';

/** Host-independent properties of a package manager: its files, their content, and commands shown to users. */
export interface PackageFormat {
  /** muster's source list for Kubernetes' repository, and the repository's signing key. */
  sourceFile: string;
  keyFile: string;
  /** Folder with further files that name repositories. */
  sourceFolder: string;
  /** Content of `sourceFile`. `arch`: Node's name of the host's architecture, x64 or arm64. */
  sourceText(source: PackageSource, arch: string): string;
  /** Kubernetes repositories that a plan can name by keyword, for a minor version such as 28. */
  repositories: Readonly<Record<'public' | 'aliyun', (minor: number) => PackageSource>>;
  /** Shell commands shown in texts. */
  commands: {
    refresh: string;
    install(packages: readonly string[]): string;
    /** A package at a version, as an argument of `install`. */
    at(name: string, version: string): string;
    hold(packages: readonly string[]): string;
  };
}
