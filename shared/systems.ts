import type { LocalText } from './text/local-text.ts';

/** Supported systems, used by the installer, enrolment and preflight. */
export const systems = [
  /**
   * `id` and `versions`: ID and VERSION_ID of /etc/os-release; `codenames`: VERSION_CODENAME, in the same order;
   * `packages`: the package manager.
   */
  {
    id: 'debian',
    title: 'Debian',
    versions: ['11', '12', '13'],
    codenames: ['bullseye', 'bookworm', 'trixie'],
    packages: 'apt',
  },
  {
    id: 'ubuntu',
    title: 'Ubuntu',
    versions: ['18.04', '20.04', '22.04', '24.04'],
    codenames: ['bionic', 'focal', 'jammy', 'noble'],
    packages: 'apt',
  },
] as const;

/** Package managers of the supported systems. */
export type PackageManager = (typeof systems)[number]['packages'];

/** The package manager of a system; unknown systems get apt. */
export const packageManagerOf = ({ id }: { id: string }): PackageManager =>
  systems.find((system) => system.id === id)?.packages ?? 'apt';

/** Names of a release in package repositories, such as debian and bookworm; unknown releases get placeholders. */
export function releaseOf({ id, versionId }: { id: string; versionId: string }): { id: string; codename: string } {
  const system = systems.find((one) => one.id === id);
  const versions: readonly string[] = system?.versions ?? [];
  return { id: system?.id ?? '<ID>', codename: system?.codenames[versions.indexOf(versionId)] ?? '<CODENAME>' };
}

/** `id`: Node.js' name; `debian`: Debian's name. */
export const architectures = [
  { id: 'x64', debian: 'amd64' },
  { id: 'arm64', debian: 'arm64' },
] as const;

export function isSupportedSystem({ id, versionId }: { id: string; versionId: string }): boolean {
  return systems.some((system) => system.id === id && system.versions.some((version) => version === versionId));
}

export function isSupportedArchitecture(arch: string): boolean {
  return architectures.some(({ id }) => id === arch);
}

/** "Debian 11, 12, 13, Ubuntu 18.04, …". */
export const supportedSystems: LocalText = {
  en: systems.map(({ title, versions }) => `${title} ${versions.join(', ')}`).join('; '),
  zh: systems.map(({ title, versions }) => `${title} ${versions.join('、')}`).join('；'),
};

export const supportedArchitectures: LocalText = {
  en: architectures.map(({ id }) => id).join(' or '),
  zh: architectures.map(({ id }) => id).join(' 或 '),
};

/** Debian's name of an architecture; `arch`: Node's name. */
export const debianArchitecture = (arch: string): string => architectures.find(({ id }) => id === arch)?.debian ?? arch;
