import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { version } from '../../shared/version.ts';

/** The metrics. Labels hold no secrets, no host names and nothing else that grows with the cluster. */
export function createInstruments() {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });

  const info = new Gauge({
    name: 'muster_info',
    help: 'The coordinator’s version.',
    labelNames: ['version'],
    registers,
  });
  info.set({ version }, 1);
  const hosts = new Gauge({
    name: 'muster_hosts',
    help: 'Planned hosts, by phase.',
    labelNames: ['phase'],
    registers,
  });
  const agents = new Gauge({
    name: 'muster_agents',
    help: 'Enrolled hosts, by their agent’s version.',
    labelNames: ['version'],
    registers,
  });
  const tokens = new Gauge({
    name: 'muster_enrolment_tokens_open',
    help: 'Enrolment tokens that have not expired.',
    registers,
  });
  const etcd = etcdInstruments(registers);
  const steps = new Histogram({
    name: 'muster_step_duration_seconds',
    help: 'How long a step was applied, by step and outcome; since the coordinator’s start.',
    labelNames: ['step', 'outcome'],
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640],
    registers,
  });
  const joins = new Histogram({
    name: 'muster_join_duration_seconds',
    help: 'From a host’s enrolment until it is Ready with every step done.',
    buckets: [15, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 3600],
    registers,
  });
  const requests = new Histogram({
    name: 'muster_http_request_duration_seconds',
    help: 'HTTP requests, by route and status; long polls take as long as nothing happens.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
    registers,
  });
  const commits = new Histogram({
    name: 'muster_store_commit_duration_seconds',
    help: 'Transactions of the database, with their sync to the disk.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    registers,
  });
  const refusals = new Counter({
    name: 'muster_refused_total',
    help: 'Requests that were refused, by the code of the problem.',
    labelNames: ['code'],
    registers,
  });

  return { register, hosts, agents, tokens, etcd, steps, joins, requests, commits, refusals };
}

export type EtcdInstruments = ReturnType<typeof etcdInstruments>;

function etcdInstruments(registers: Registry[]) {
  return {
    members: new Gauge({
      name: 'muster_etcd_members',
      help: 'Members of the cluster’s etcd, by whether they answer.',
      labelNames: ['state'],
      registers,
    }),
    quorum: new Gauge({ name: 'muster_etcd_has_quorum', help: 'Whether etcd has a leader.', registers }),
    database: new Gauge({
      name: 'muster_etcd_database_bytes',
      help: 'The largest database of a member: its file, and what is in use.',
      labelNames: ['kind'],
      registers,
    }),
    verified: new Gauge({
      name: 'muster_etcd_backup_verified_timestamp_seconds',
      help: 'When a backup of etcd was last restored and compared; 0: never.',
      registers,
    }),
  };
}
