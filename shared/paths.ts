/**
 * Folder of muster's programs: runtime (Node with its own C libraries), agent and coordinator. Fixed, because the
 * runtime's loader path is compiled in.
 */
export const prefix = '/opt/muster';

export const agentPaths = {
  /** {"coordinator": "https://192.168.0.130:7443"}, mode 0644 */
  config: '/etc/muster-agent/config.json',
  /** The only CA that the agent trusts for the coordinator. */
  ca: '/etc/muster-agent/ca.crt',
  /** Public key of the releases that the agent follows, PEM. */
  releaseKey: '/etc/muster-agent/release.pub',
  /** Public key of the plans that the agent follows: 32 bytes, base64. Absent: it follows unsigned plans. */
  planKey: '/etc/muster-agent/plan.pub',
  /** Programs; same as `prefix`. */
  programs: '/opt/muster',
  units: '/etc/systemd/system',
  /** Mode 0700. */
  state: '/var/lib/muster-agent',
  /** Mode 0600; {"host": "node01", "credential": "…"} */
  credential: '/var/lib/muster-agent/credential.json',
  /** Mode 0600; written by the installer, deleted once the host is enrolled. */
  enrolmentToken: '/var/lib/muster-agent/enrolment-token',
  /** Mode 0600; the newest revision of the coordinator's store seen by this host. */
  revision: '/var/lib/muster-agent/revision',
  /** The newest signed plan that this host has followed. */
  planSerial: '/var/lib/muster-agent/plan-serial',
  /** Mode 0700; parts of the newest target that were sent by reference, each named by its SHA-256. */
  targetParts: '/var/lib/muster-agent/target-parts',
  /** On control planes: the hosts that plans have named. */
  knownHosts: '/var/lib/muster-agent/known-hosts.json',
  /** Exists while this host has a coordinator as one of several control planes. */
  coordinatorMark: '/var/lib/muster-agent/coordinator-installed',
  journal: '/var/lib/muster-agent/journal.json',
  /** Exists while the agent announces its departure: the id of the request. */
  leaving: '/var/lib/muster-agent/leaving',
  /** State of an update on trial or rolled back. */
  update: '/var/lib/muster-agent/update',
  /** Prior state of everything changed. */
  prior: '/var/lib/muster-agent/prior',
  /** Output of transient units. */
  runs: '/var/lib/muster-agent/runs',
  /** How far this host is with an order to restore etcd. */
  recovery: '/var/lib/muster-agent/recovery.json',
  /** On control planes: backups of etcd and the PKI, readable by root only. */
  clusterBackups: '/var/lib/muster-agent/cluster-backups',
  /** Short-lived secrets, such as a join configuration; on tmpfs. */
  volatile: '/run/muster-agent',
  unit: 'muster-agent.service',
} as const;

export const coordinatorPaths = {
  plan: '/etc/muster/cluster.yaml',
  /** Signs plans; only root may read it. */
  planKey: '/etc/muster/plan-signing.key',
  /** Owned by the user `muster`, mode 0700: CA, server key, database. */
  state: '/var/lib/muster',
  /** With several control planes: the credential for its namespace, kept by the host's agent; mode 0600. */
  kubeconfig: '/var/lib/muster/kubernetes/kubeconfig',
  socket: '/run/muster/muster.sock',
  /**
   * Files the installer downloads: runtime-x64.tar.gz, runtime-arm64.tar.gz, agent.tar.gz and the template of
   * install.sh.
   */
  artefacts: '/opt/muster/artefacts',
  unit: 'muster-coordinator.service',
  user: 'muster',
} as const;

export const defaultPort = 7443;
