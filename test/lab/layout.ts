import path from 'node:path';

const cache = path.resolve(process.env.MUSTER_LAB_CACHE ?? '/var/cache/muster-lab');

/** Several labs can run side by side with their own hosts and network; build results are shared. */
const ownName = process.env.MUSTER_LAB ? `-${process.env.MUSTER_LAB}` : '';
/** Prefix of this lab's network namespaces and cgroups. */
export const labName = `muster-lab${ownName}`;

/** The lab's files. Everything below `cache` may be deleted and is rebuilt. */
export const labPaths = {
  cache,
  /** apt's folders for downloads from Debian, separate from the machine's lists. */
  apt: `${cache}/apt`,
  /** Programs of unpacked Debian packages: installing them would start their services. */
  tools: `${cache}/tools`,
  source: `${cache}/src`,
  /** Kubernetes binaries. */
  bin: `${cache}/bin`,
  /** The root filesystems of new hosts, one per system. */
  bases: `${cache}/bases`,
  /** That of the default system with a node's packages and images, one per runtime. */
  prepared: `${cache}/prepared`,
  images: `${cache}/images`,
  /** The registry's storage. */
  registry: `${cache}/registry`,
  /** Files of the web server: the apt repositories and the network plugin. */
  www: `${cache}/www`,
  gnupg: `${cache}/gnupg`,
  /** One file per built part, with a hash of its inputs. */
  stamps: `${cache}/stamps`,
  hosts: `${cache}/hosts${ownName}`,
  release: `${cache}/release${ownName}`,
  logs: `${cache}/logs${ownName}`,
  /** Process records of the running lab. */
  run: `/run/${labName}`,
  /** Files of this folder that are copied into hosts, packages and images. */
  files: path.join(import.meta.dirname, 'files'),
} as const;

/** The lab's network: one bridge in its own namespace, the only network that hosts can reach. */
export const gateway = '192.168.0.1';
export const webServer = `http://${gateway}:8080`;
export const registry = `${gateway}:5000`;
/** A proxy that asks for a user and a password, for hosts that have no other way out. */
export const proxy = { port: 3128, user: 'site', password: 'p@ss:word/7' };
export const imageRepository = `${registry}/google_containers`;
export const kubernetesVersion = '1.20.2';

export type Runtime = 'docker' | 'containerd';

export interface LabHost {
  name: string;
  address: string;
  role: 'control-plane' | 'worker';
}

const most = 100;

/** The first `n` hosts of the lab: master01 at 192.168.0.130, node01 at .131 and so on. */
export function labHosts(n: number): LabHost[] {
  if (!Number.isInteger(n) || n < 1 || n > most) throw new RangeError(`a lab has 1 to ${most} hosts, not ${n}`);
  return Array.from({ length: n }, (_, index) => ({
    name: index === 0 ? 'master01' : `node${String(index).padStart(2, '0')}`,
    address: `192.168.0.${130 + index}`,
    role: index === 0 ? 'control-plane' : 'worker',
  }));
}

/** The host of that name; undefined if the lab has none. */
export function hostNamed(name: string): LabHost | undefined {
  return labHosts(most).find((host) => host.name === name);
}
