import { initConfig, joinConfig } from '../kubeadm/config.ts';
import { criSocket, pauseImage } from '../kubeadm/runtime.ts';
import { packageFormat } from '../packages/index.ts';
import type { ClusterSettings, Role } from '../plan/schema.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { Language } from '../text/local-text.ts';
import { type StepId, stepsOf } from './catalogue.ts';
import { containerdConfigToml, containerdHostsToml } from './content/containerd.ts';
import { dockerDaemonJson } from './content/docker.ts';
import { hostFiles } from './content/files.ts';
import { openings } from './content/firewall.ts';
import { journalFile, networkManagerFile } from './content/host-settings.ts';
import { hostsBlock } from './content/hosts-block.ts';
import { kernelModules, leastSysctlNames, modulesFile, sysctlFile } from './content/kernel.ts';
import { kubeletEnvironment } from './content/kubelet-environment.ts';
import { servicePacketsRule } from './content/service-packets.ts';
import { dropIn, limitsDropIn, proxyDropIn } from './content/services.ts';

export interface StepDescription {
  id: StepId;
  title: string;
  /** What would be done on this host: files with their content, packages with versions, commands. */
  lines: string[];
}

/** What each step would do on a host, from the same generators that the steps themselves write their files with. */
export function describeSteps(assignment: Assignment, language: Language = 'en'): StepDescription[] {
  return stepsOf(assignment.bootstrap).map(({ id, title }) => ({
    id,
    title: title[language],
    lines: describe[id](assignment),
  }));
}

const describe: Record<StepId, (assignment: Assignment) => string[]> = {
  'host-name': ({ host }) => [`hostnamectl set-hostname ${host.name}`],
  'hosts-file': ({ host, settings }) =>
    file(hostFiles.hosts, hostsBlock(settings, host), 'everything else in it stays'),
  swap: () => ['swapoff --all', 'the swap lines of /etc/fstab become comments'],
  'kernel-modules': () => [
    ...file(hostFiles.modules, modulesFile()),
    ...kernelModules.map((module) => `modprobe ${module}, unless the kernel has it built in`),
  ],
  sysctls: () => [
    ...file(hostFiles.sysctls, sysctlFile(leastSysctlNames)),
    'and each of them now; limits that are higher already stay',
  ],
  selinux: ({ settings }) =>
    ({
      permissive: ['where SELinux is enforcing: setenforce 0, and SELINUX=permissive in /etc/selinux/config'],
      contexts: [
        'where there is SELinux: /etc/kubernetes, /var/lib/etcd and /opt/cni/bin are labelled container_file_t',
      ],
      keep: ['nothing: the plan leaves SELinux as it is'],
    })[settings.preparation.selinux],
  firewall: ({ host, settings }) => firewallLines(settings, host.role),
  'network-manager': () => [
    'where there is NetworkManager:',
    ...file('/etc/NetworkManager/conf.d/50-muster.conf', networkManagerFile()),
  ],
  'time-daemon': () => ['systemctl enable --now the time daemon that is installed, if none is enabled'],
  journal: ({ settings }) => {
    const { journalMaxUse } = settings.preparation;
    if (journalMaxUse === null) return ['nothing: the plan leaves the journal as it is'];
    const path = '/etc/systemd/journald.conf.d/50-muster.conf';
    return file(path, journalFile(journalMaxUse), 'unless the host limits it already');
  },
  'package-source': ({ settings }) => {
    const { packages } = settings.kubernetes;
    const key = 'url' in packages.key ? `the key from ${packages.key.url}` : 'the key that the plan brings';
    const sha256 = 'url' in packages.key && packages.key.sha256 ? `, SHA-256 ${packages.key.sha256}` : '';
    return [
      `${packageFormat.keyFile}: ${key}${sha256}`,
      ...file(packageFormat.sourceFile, packageFormat.sourceText(packages, 'amd64|arm64')),
      `${packages.url} is commented out in the host's other sources of packages`,
    ];
  },
  'runtime-config': ({ settings }) =>
    settings.runtime.name === 'docker'
      ? file(hostFiles.dockerDaemon, JSON.stringify(dockerDaemonJson(settings), null, 2), 'its other keys stay')
      : [
          ...file(hostFiles.containerdConfig, containerdConfigToml(settings)),
          ...containerdHostsToml(settings).flatMap(({ path, content }) => file(path, content)),
        ],
  'service-limits': ({ settings }) =>
    [settings.runtime.name, 'kubelet'].flatMap((unit) => file(dropIn(unit, 'limits'), limitsDropIn())),
  proxy: ({ settings }) => {
    const content = proxyDropIn(settings);
    if (content === null) return ['nothing: no proxy is planned'];
    return [settings.runtime.name, 'kubelet'].flatMap((unit) => file(dropIn(unit, 'proxy'), content));
  },
  'kubelet-environment': ({ settings }) => {
    const variables = Object.entries(kubeletEnvironment(settings)).map(([name, value]) => `${name}=${value}`);
    return variables.length === 0
      ? ['nothing to do for this version']
      : file(hostFiles.kubeletEnvironment, variables.join('\n'), 'its other lines stay');
  },
  packages: ({ settings }) => {
    const { version, packageVersion } = settings.kubernetes;
    const wanted = packageVersion ?? `${version}-*`;
    const kubernetes = ['kubeadm', 'kubelet', 'kubectl'];
    const { refresh, install, at, hold } = packageFormat.commands;
    return [
      refresh,
      install([settings.runtime.package, ...kubernetes.map((name) => at(name, wanted))]),
      hold(kubernetes),
    ];
  },
  runtime: ({ settings }) => [
    `systemctl enable ${settings.runtime.name}`,
    `systemctl restart ${settings.runtime.name}, if it runs with another configuration`,
  ],
  'kubelet-enabled': () => ['systemctl enable kubelet'],
  images: imageLines,
  'kubeadm-init': (assignment) => [
    heldPackets(assignment),
    'kubeadm init --skip-token-print --config FILE, and FILE has',
    ...indent(initConfig(assignment, { token: '(made for this run)' })),
  ],
  'admin-conf': () => [`${hostFiles.rootKubeconfig}: a copy of /etc/kubernetes/admin.conf`],
  approval: () => ['the ClusterRoleBinding kubeadm:node-autoapprove-bootstrap is deleted: muster approves each node'],
  'network-plugin': ({ settings }) => {
    const { title, manifest } = settings.network.plugin;
    return [`kubectl apply: ${title}${'url' in manifest ? `, from ${manifest.url}` : ''}`];
  },
  'kubeadm-join': (assignment) => [
    heldPackets(assignment),
    'kubeadm join --config FILE, and FILE has',
    ...indent(
      joinConfig(assignment, {
        token: '(minted for this host)',
        caPin: '(the hash of the cluster’s CA)',
      }),
    ),
  ],
  'labels-and-taints': ({ host }) => {
    const wanted = [
      ...Object.entries(host.labels).map(([key, value]) => `label ${key}=${value}`),
      ...host.taints.map(({ key, value, effect }) => `taint ${key}${value === undefined ? '' : `=${value}`}:${effect}`),
    ];
    return wanted.length === 0 ? ['none are planned'] : wanted;
  },
  'node-ready': ({ host }) => [`the node ${host.name} is waited for`],
};

/** So that a network plugin that is there before kube-proxy finds the API server all the same. */
function heldPackets({ settings }: Assignment): string {
  const rule = servicePacketsRule(settings.network.serviceSubnet).join(' ');
  return `iptables -I ${rule}, until the node is Ready`;
}

function firewallLines(settings: ClusterSettings, role: Role): string[] {
  if (settings.preparation.firewall === 'keep') return ['nothing: the plan leaves the firewall as it is'];
  if (settings.preparation.firewall === 'off') return ['an active firewalld or ufw is disabled'];
  const { sources, ports } = openings(settings, role);
  const range = ports.map(({ protocol, from, to }) => `${protocol} ${from === to ? from : `${from}-${to}`}`);
  return [`an active firewalld or ufw accepts ${range.join(', ')}`, `and everything from ${sources.join(', ')}`];
}

function imageLines({ bootstrap, settings }: Assignment): string[] {
  const { version, imageRepository } = settings.kubernetes;
  const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
  const wanted = bootstrap === 'init' ? components : ['kube-proxy'];
  return [
    ...wanted.map((name) => `${imageRepository}/${name}:v${version}`),
    pauseImage(version, imageRepository),
    ...(bootstrap === 'init' ? ['etcd and coredns, as kubeadm of this version names them'] : []),
    `through ${criSocket(settings)}`,
  ];
}

function file(path: string, content: string, note?: string): string[] {
  return [`${path}${note === undefined ? '' : ` (${note})`}:`, ...indent(content)];
}

function indent(content: string): string[] {
  return content
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`));
}
