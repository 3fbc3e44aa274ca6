/**
 * What the supported releases of the distributions come with, in November 2026: kernel and cgroup of a default
 * installation, and the newest runtime packages of their archives and of Docker's repository.
 */
export interface Release {
  system: string;
  kernel: string;
  cgroup: '1' | '2';
  /** The newest versions of each source. */
  packages: Readonly<Record<Source, Readonly<Record<'docker' | 'containerd', string>>>>;
}

/** `docker`: download.docker.com and its mirrors, which keep older versions. */
export type Source = 'distribution' | 'docker';

export const releases: readonly Release[] = [
  {
    ...{ system: 'Debian 11', kernel: '5.10', cgroup: '2' },
    packages: {
      distribution: { docker: '20.10.5', containerd: '1.4.13' },
      docker: { docker: '29.1', containerd: '2.2' },
    },
  },
  {
    ...{ system: 'Debian 12', kernel: '6.1', cgroup: '2' },
    packages: {
      distribution: { docker: '20.10.24', containerd: '1.6.20' },
      docker: { docker: '29.1', containerd: '2.2' },
    },
  },
  {
    ...{ system: 'Debian 13', kernel: '6.12', cgroup: '2' },
    packages: {
      distribution: { docker: '26.1.5', containerd: '1.7.24' },
      docker: { docker: '29.1', containerd: '2.2' },
    },
  },
  {
    ...{ system: 'Ubuntu 18.04', kernel: '4.15', cgroup: '1' },
    packages: {
      distribution: { docker: '20.10.21', containerd: '1.6.12' },
      docker: { docker: '24.0.2', containerd: '1.6.21' },
    },
  },
  {
    ...{ system: 'Ubuntu 20.04', kernel: '5.4', cgroup: '1' },
    packages: {
      distribution: { docker: '26.1.3', containerd: '1.7.24' },
      docker: { docker: '28.1.1', containerd: '1.7.27' },
    },
  },
  {
    ...{ system: 'Ubuntu 22.04', kernel: '5.15', cgroup: '2' },
    packages: {
      distribution: { docker: '29.1.3', containerd: '2.2.1' },
      docker: { docker: '29.1', containerd: '2.2' },
    },
  },
  {
    ...{ system: 'Ubuntu 24.04', kernel: '6.8', cgroup: '2' },
    packages: {
      distribution: { docker: '29.1.3', containerd: '2.2.1' },
      docker: { docker: '29.1', containerd: '2.2' },
    },
  },
];

/** Runtime versions in Docker's repositories for a plan to pin, newest first. */
export const pinnable = { docker: ['28.5', '26.1', '24.0'], containerd: ['1.7', '1.6'] } as const;

/** Kubernetes minor version and systems of the lab's bring-ups, with the distribution's packages (test/e2e/systems). */
export const tested = { minor: 20, systems: ['Debian 11', 'Debian 12', 'Debian 13'] } as const;

/** The minor versions of the support table. */
export const newestMinor = 36;
