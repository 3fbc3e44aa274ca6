import { criDockerdFor } from '../../compatibility/cri-dockerd.ts';
import { criDockerdSocket, usesCriDockerd } from '../../kubeadm/runtime.ts';
import { agentPaths } from '../../paths.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import { debianArchitecture } from '../../systems.ts';

/** Folder of the programs; outside muster's own, because they outlive the agent. */
export const criDockerdFolder = '/usr/local/lib/muster';

/** Removed once it is unpacked. */
export const criDockerdArchive = `${agentPaths.state}/cri-dockerd.tgz`;

/** A URL, or a file beside the plan that the coordinator serves. */
type Archive = { url: string; sha256: string | null } | { file: string; sha256: string };

export type CriDockerd = Archive & {
  /** Path of the program; its folder names the release, so a new one never replaces a running program. */
  program: string;
};

/** Where a host gets cri-dockerd; null: not needed. `docker`: version of docker's package; null: unknown. */
export function criDockerdOf(settings: ClusterSettings, docker: string | null, arch: string): CriDockerd | null {
  if (!usesCriDockerd(settings)) return null;
  const { url, mirror, version, sha256, file: beside } = settings.runtime.criDockerd;
  if (beside !== null) {
    const release = `${releaseIn(beside.name)}-${beside.sha256.slice(0, 12)}`;
    return { file: beside.name, sha256: beside.sha256, program: programOf(release) };
  }
  const release = version ?? (docker === null ? '<VERSION>' : (criDockerdFor(docker) ?? newest));
  const file =
    url ?? `${mirror.replace(/\/+$/, '')}/v${release}/cri-dockerd-${release}.${debianArchitecture(arch)}.tgz`;
  return { url: file, sha256, program: programOf(releaseIn(file)) };
}

const releaseIn = (path: string) =>
  (path.split('/').at(-1) ?? '').replace(/\.t(ar\.)?gz$/, '').replace(/[^\w.<>-]/g, '_');

const programOf = (release: string) => `${criDockerdFolder}/${release}/cri-dockerd`;

/** For a docker that is too old for any release; a check reports it. */
const newest = criDockerdFor('25.0') ?? '';

/** /etc/systemd/system/cri-docker.service; replaces a packaged unit of the same name. */
export function criDockerdUnit(program: string, sandboxImage: string): string {
  const flags = [
    `--container-runtime-endpoint=unix://${criDockerdSocket}`,
    `--pod-infra-container-image=${sandboxImage}`,
    '--network-plugin=cni',
    '--cni-bin-dir=/opt/cni/bin',
    '--cni-conf-dir=/etc/cni/net.d',
  ];
  return [
    '# Written by muster.',
    '[Unit]',
    'Description=CRI interface of docker',
    'After=network-online.target docker.service',
    'Wants=network-online.target',
    'Requires=docker.service',
    '',
    '[Service]',
    'Type=notify',
    `ExecStart=${[program, ...flags].join(' ')}`,
    'Restart=always',
    'RestartSec=2',
    'LimitNOFILE=infinity',
    'LimitNPROC=infinity',
    'LimitCORE=infinity',
    'TasksMax=infinity',
    'Delegate=yes',
    'KillMode=process',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}
