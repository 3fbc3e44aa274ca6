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

export const mostHosts = 100;
export const mostMasters = 9;

const numbered = (prefix: string, n: number) => `${prefix}${String(n).padStart(2, '0')}`;

/** A host has the same address in every lab: further masters' are below those of master01 and the workers. */
const masterHost = (n: number): LabHost => ({
  name: numbered('master', n),
  address: `192.168.0.${n === 1 ? 130 : 120 + n}`,
  role: 'control-plane',
});

const workerHost = (n: number): LabHost => ({
  name: numbered('node', n),
  address: `192.168.0.${130 + n}`,
  role: 'worker',
});

const sequence = <T>(length: number, make: (n: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index + 1));

/** `hosts` hosts, the masters first: master01 at 192.168.0.130, master02 at .122, node01 at .131 and so on. */
export function labHosts(hosts: number, masters = 1): LabHost[] {
  if (!Number.isInteger(hosts) || hosts < 1 || hosts > mostHosts)
    throw new RangeError(`a lab has 1 to ${mostHosts} hosts, not ${hosts}`);
  if (!Number.isInteger(masters) || masters < 1 || masters > Math.min(hosts, mostMasters))
    throw new RangeError(`a lab of ${hosts} hosts has 1 to ${Math.min(hosts, mostMasters)} masters, not ${masters}`);
  return [...sequence(masters, masterHost), ...sequence(hosts - masters, workerHost)];
}

const known = new Map(
  [...sequence(mostMasters, masterHost), ...sequence(mostHosts - 1, workerHost)].map((host) => [host.name, host]),
);

/** The host of that name; undefined if the lab has none. */
export const hostNamed = (name: string): LabHost | undefined => known.get(name);
