import path from 'node:path';

const cache = path.resolve(process.env.MUSTER_LAB_CACHE ?? '/var/cache/muster-lab');

/** Several labs can stand beside one another, with hosts and a network of their own; what is built they share. */
const ownName = process.env.MUSTER_LAB ? `-${process.env.MUSTER_LAB}` : '';
/** Names this lab's network namespaces and cgroups. */
export const labName = `muster-lab${ownName}`;

/** Where the lab keeps things. Whatever stands below `cache` may be deleted and is made again. */
export const labPaths = {
  cache,
  /** What apt needs to fetch from Debian without touching the machine's own lists. */
  apt: `${cache}/apt`,
  /** Programs of Debian packages that are unpacked here rather than installed: installing them would start their services. */
  tools: `${cache}/tools`,
  source: `${cache}/src`,
  /** Kubernetes' programs. */
  bin: `${cache}/bin`,
  /** The root filesystem that every host starts from. */
  base: `${cache}/base`,
  /** The same with a node's packages and images, one for each runtime. */
  prepared: `${cache}/prepared`,
  images: `${cache}/images`,
  /** The registry's storage. */
  registry: `${cache}/registry`,
  /** What the web server serves: the two apt repositories and the network plugin. */
  www: `${cache}/www`,
  gnupg: `${cache}/gnupg`,
  /** One file per part that has been built, with a hash of what it was built from. */
  stamps: `${cache}/stamps`,
  /** The hosts' disks. */
  hosts: `${cache}/hosts${ownName}`,
  release: `${cache}/release${ownName}`,
  logs: `${cache}/logs${ownName}`,
  /** The processes of the running lab. */
  run: `/run/${labName}`,
  /** Files of this folder that go into hosts, packages and images. */
  files: path.join(import.meta.dirname, 'files'),
} as const;

/** The lab's network: one bridge in a namespace of its own, which is all that the hosts can reach. */
export const gateway = '192.168.0.1';
export const webServer = `http://${gateway}:8080`;
export const registry = `${gateway}:5000`;
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

/** The host of that name, or undefined when the lab knows no such name. */
export function hostNamed(name: string): LabHost | undefined {
  return labHosts(most).find((host) => host.name === name);
}
