import type { PackageSource } from '../plan/schema.ts';

/** What of a package manager is the same on every host: its files, their content, and the commands that a person reads. */
export interface PackageFormat {
  /** The list of Kubernetes' repository, and the key that it is signed with. Both are muster's. */
  sourceFile: string;
  keyFile: string;
  /** Folders whose files name repositories. */
  sourceFolder: string;
  /** Content of `sourceFile`. `arch`: Node's name of the host's architecture, x64 or arm64. */
  sourceText(source: PackageSource, arch: string): string;
  /** Repositories of Kubernetes packages that a plan can name by a word, for a minor version such as 28. */
  repositories: Readonly<Record<'public' | 'aliyun', (minor: number) => PackageSource>>;
  /** Shell commands, for texts. */
  commands: {
    refresh: string;
    install(packages: readonly string[]): string;
    /** A package at a version, as `install` takes it. */
    at(name: string, version: string): string;
    hold(packages: readonly string[]): string;
  };
}
