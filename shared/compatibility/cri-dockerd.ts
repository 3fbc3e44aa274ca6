import { compareVersions } from './versions.ts';

/**
 * docker version -> the newest cri-dockerd whose client it accepts, newest first. The client's API version is compiled
 * in: 1.44 from 0.3.16, 1.42 from 0.3.4, 1.41 before (Mirantis/cri-dockerd releases).
 */
export const criDockerdReleases: readonly { fromDocker: string; release: string }[] = [
  { fromDocker: '25.0', release: '0.4.3' },
  { fromDocker: '23.0', release: '0.3.4' },
  { fromDocker: '20.10', release: '0.2.6' },
];

/** Releases of cri-dockerd by the oldest docker that their client speaks to, newest first. */
const clients: readonly { fromRelease: string; docker: string }[] = [
  { fromRelease: '0.3.16', docker: '25.0' },
  { fromRelease: '0.3.4', docker: '23.0' },
  { fromRelease: '0', docker: '20.10' },
];

/** The oldest docker that works with a release of cri-dockerd. */
export const oldestDockerFor = (release: string): string =>
  clients.find(({ fromRelease }) => compareVersions(release, fromRelease) >= 0)?.docker ?? '20.10';

/** The release of cri-dockerd for a docker; null: none works with it. */
export function criDockerdFor(docker: string): string | null {
  return criDockerdReleases.find(({ fromDocker }) => compareVersions(docker, fromDocker) >= 0)?.release ?? null;
}
