/** An area is a folder of test/e2e. */
export interface Area {
  /** What its tests show. */
  shows: string;
  /** Globs of the sources whose change requires this area, besides its own tests. */
  sources: readonly string[];
  /** The end of the name of its most important file; absent: the first by name. */
  first?: string;
}

/** The areas, the most important first. */
export const areas = {
  'bring-up': {
    shows: 'three bare hosts become a cluster on docker and on containerd; one rejoins',
    sources: ['agent/{host,service,preflight}/**', 'deploy/*.{sh,service}', 'shared/kubeadm/**', 'test/bench/**'],
  },
  ha: {
    shows: 'three masters: bring-up, loss of any one and its return',
    first: 'bring-up.test.ts',
    sources: [
      'shared/plan/assign*',
      'shared/steps/{kubeadm-*,hosts-file,api-proxy,endpoint,load-balancer}*',
      'shared/steps/content/{api-proxy,keepalived}*',
      'agent/machine/{endpoint-users,static-pod}*',
      'agent/{duties,kube,etcd,backup,recovery}/**',
      'agent/steps/{kubeadm-*,created-cluster,membership,external-data,kept-pki}*',
      'coordinator/{joining,replica,store}/**',
    ],
  },
  systems: {
    shows: 'hosts with Debian 11, 12 and 13 become one cluster on docker and on containerd',
    sources: [
      'shared/packages/**',
      'shared/systems.ts',
      'agent/machine/packages/**',
      'agent/machine/{docker,containerd}*',
      'shared/steps/content/{docker,containerd}*',
    ],
  },
  sources: {
    shows: 'packages come through a proxy with a password, keys are renewed, runtimes that are too new are refused',
    sources: [
      'agent/facts/reach/**',
      'agent/machine/packages/**',
      'agent/steps/{package,proxy}*',
      'shared/{compatibility,packages}/**',
      'shared/steps/content/services*',
    ],
  },
  dirty: {
    shows: 'hosts with foreign files become a cluster, and keep what is not muster’s',
    sources: [
      'agent/{changes,prior}/**',
      'agent/machine/{docker,containerd,fstab,hosts-file}*',
      'agent/machine/packages/**',
      'shared/steps/content/{docker,containerd,hosts-block}*',
    ],
  },
  firewalls: {
    shows:
      'hosts with firewalld, ufw and NetworkManager become a cluster on other ports, and have their own rules after an uninstall',
    sources: [
      'agent/machine/firewall*',
      'shared/{kubeadm/ports,plan/node-ports}*',
      'shared/steps/{firewall,network-manager}*',
      'shared/steps/content/firewall*',
    ],
  },
  recovery: {
    shows: 'hosts rejoin after a crash, a reset, a new disk, a new address; a lost control plane is recreated',
    sources: [
      'agent/{loop,steps,changes,kube,duties}/**',
      'coordinator/{joining,observing}/**',
      'shared/{steps,kubeadm}/**',
      'shared/plan/assign*',
      'test/faults/**',
    ],
  },
  diagnosis: {
    shows: 'the cause of an induced failure is shown, with the command that fixes it',
    sources: ['{agent,shared}/{diagnosis,preflight,facts}/**', 'coordinator/view/explain*'],
  },
  operations: {
    shows: 'pause, retire, readmit, reset, replace, changes of the plan, cloned credentials',
    sources: [
      'coordinator/{operations,enrolment,plan}/**',
      'coordinator/cli/**',
      'agent/duties/**',
      'shared/{plan,actions}/**',
    ],
  },
  cases: {
    shows: 'cases from public reports with real programs: kubeadm, apt, docker and containerd',
    sources: [
      'shared/{plan,kubeadm,diagnosis,compatibility}/**',
      'agent/kube/**',
      'agent/steps/{package-choice,cri-dockerd}.ts',
      '{agent,shared}/**/packages/**',
      'shared/steps/content/**',
      'test/cases/**',
    ],
  },
  drift: {
    shows: 'changes that somebody made on a host are corrected, or reported alone',
    sources: ['agent/{drift,steps,changes,machine,facts}/**', 'shared/steps/**'],
  },
  durability: {
    shows: 'the coordinator is killed, loses its power, its database or its disk',
    sources: ['coordinator/{store,server,upkeep}/**', 'agent/link/**', 'deploy/setup.sh'],
  },
  page: {
    shows: 'the status page of a cluster in a browser',
    sources: ['coordinator/{web,view,api}/**', 'shared/{status,actions}/**'],
  },
  update: {
    shows: 'agents follow the coordinator’s release, and go back from one that does not start',
    sources: ['agent/update/**', 'coordinator/upkeep/**', 'deploy/build/**', 'package-lock.json'],
  },
  uninstall: {
    shows: 'a host is as it was before muster',
    sources: ['agent/{uninstall,prior,steps,changes,machine}/**', 'deploy/*uninstall*'],
  },
} as const satisfies Readonly<Record<string, Area>>;

export type AreaName = keyof typeof areas;
export const areaNames = Object.keys(areas) as AreaName[];

/** Runs for every change: bring-up on both runtimes, each with a rejoin, and induced failures. Files below test/e2e. */
export const core: readonly string[] = [
  'bring-up/docker.test.ts',
  'bring-up/containerd.test.ts',
  'diagnosis/node.test.ts',
];
