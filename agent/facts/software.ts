import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { Host } from '../host/host.ts';
import { containerdSocket } from '../machine/containerd.ts';
import { type ContainerdConfig, readContainerdConfig } from '../machine/containerd-config.ts';
import { isDaemonJsonValid } from '../machine/daemon-json.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { hasProgram } from '../machine/program.ts';
import { dockerDaemonFact } from './docker-daemon.ts';
import { siteKubeletFlags } from './kubelet-flags.ts';
import { nodeRuntime } from './node-runtime.ts';

type Software = Omit<Facts['software'], 'pauseTag'>;

const omitted = ({ systemdCgroup: _, ...config }: ContainerdConfig) => config;

const needed = ['conntrack', 'ip', 'iptables', 'mount', 'nsenter'];
const wanted = ['ebtables', 'ethtool', 'socat', 'tc', 'apparmor_parser'];

const sockets = [
  containerdSocket,
  '/run/docker.sock',
  '/run/cri-dockerd.sock',
  '/run/crio/crio.sock',
  '/run/dockershim.sock',
];

/** Marker paths of other Kubernetes distributions. */
const distributions: Record<string, string> = {
  k3s: '/usr/local/bin/k3s',
  rke2: '/var/lib/rancher/rke2',
  microk8s: '/var/snap/microk8s',
  k0s: '/var/lib/k0s',
};

/**
 * Installed software, determined from files; only apt is started, to read its sources. `storageDriver`: as reported by
 * docker.
 */
export async function softwareFacts(host: Host, storageDriver: string | null): Promise<Software> {
  const there = async (paths: readonly string[]) => {
    const found = await Promise.all(paths.map((path) => host.exists(path)));
    return paths.filter((_, i) => found[i] === true);
  };
  const programs = [...needed, ...wanted].map(async (name) => [name, await hasProgram(host, name)] as const);
  const packages = await packagesOf(host);
  const [obstacles, otherEntries, brokenSources, containerd, daemonJson, snap, cniFiles, mounts] = await Promise.all([
    packages.obstacles(),
    packages.kubernetesSources(),
    packages.brokenSources(),
    readContainerdConfig(host),
    host.readFile(hostFiles.dockerDaemon),
    host.exists('/snap/bin/docker'),
    host.list('/etc/cni/net.d'),
    host.readFile('/proc/self/mounts'),
  ]);
  const kubernetes = await Promise.all(
    Object.entries(distributions).map(async ([name, path]) => ((await host.exists(path)) ? [name] : [])),
  );
  const runtime = await nodeRuntime(host);
  return {
    programs: Object.fromEntries(await Promise.all(programs)),
    caBundle: await host.exists('/etc/ssl/certs/ca-certificates.crt'),
    packageLock: obstacles.lock,
    packagesInterrupted: obstacles.interrupted,
    brokenPackages: obstacles.broken,
    otherEntries: otherEntries.slice(0, 64),
    brokenSources: brokenSources.slice(0, 64),
    sockets: await there(sockets),
    containerd: containerd && omitted(containerd),
    dockerConfigValid: isDaemonJsonValid(daemonJson),
    dockerDaemon: await dockerDaemonFact(host, runtime !== 'none'),
    dockerStorageDriver: storageDriver,
    dockerSnap: snap,
    distributions: kubernetes.flat(),
    cniFiles: cniFiles.filter((name) => /\.(conf|conflist|json)$/.test(name)).slice(0, 64),
    nodeRuntime: runtime,
    kubeletFlags: await siteKubeletFlags(host),
    kubeletMounts:
      mounts === null
        ? null
        : [...mounts.matchAll(/^\S+ (\/var\/lib\/kubelet\/\S+)/gm)].map(([, path = '']) => path).slice(0, 256),
  };
}
