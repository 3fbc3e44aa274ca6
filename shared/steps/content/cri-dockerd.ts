import { criDockerdFor } from '../../compatibility/cri-dockerd.ts';
import { criDockerdSocket, pauseImage, usesCriDockerd } from '../../kubeadm/runtime.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import { debianArchitecture } from '../../systems.ts';

/** Folder of the programs; outside muster's own, because they outlive the agent. */
export const criDockerdFolder = '/usr/local/lib/muster';

export interface CriDockerd {
  url: string;
  sha256: string | null;
  /** Path of the program; its folder names the release, so a new one never replaces a running program. */
  program: string;
}

/** Where a host gets cri-dockerd; null: not needed. `docker`: version of docker's package; null: unknown. */
export function criDockerdOf(settings: ClusterSettings, docker: string | null, arch: string): CriDockerd | null {
  if (!usesCriDockerd(settings)) return null;
  const { url, mirror, version, sha256 } = settings.runtime.criDockerd;
  const release = version ?? (docker === null ? '<VERSION>' : (criDockerdFor(docker) ?? newest));
  const file =
    url ?? `${mirror.replace(/\/+$/, '')}/v${release}/cri-dockerd-${release}.${debianArchitecture(arch)}.tgz`;
  const name = (file.split('/').at(-1) ?? '').replace(/\.t(ar\.)?gz$/, '').replace(/[^\w.<>-]/g, '_');
  return { url: file, sha256, program: `${criDockerdFolder}/${name}/cri-dockerd` };
}

/** For a docker that is too old for any release; a check reports it. */
const newest = criDockerdFor('25.0') ?? '';

/** /etc/systemd/system/cri-docker.service; replaces a packaged unit of the same name. */
export function criDockerdUnit({ kubernetes }: ClusterSettings, program: string): string {
  const flags = [
    `--container-runtime-endpoint=unix://${criDockerdSocket}`,
    `--pod-infra-container-image=${pauseImage(kubernetes.version, kubernetes.imageRepository)}`,
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
