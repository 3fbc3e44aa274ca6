import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { phases } from '../../shared/protocol/status.ts';
import { version } from '../../shared/version.ts';
import type { EndedStep } from '../store/news.ts';

/** What is counted at the moment of each reading. */
export interface Counted {
  /** One entry a planned host. */
  hosts: readonly { phase: string; agentVersion: string | null }[];
  /** Enrolment tokens that still let somebody in. */
  openTokens: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** What Prometheus reads. No label holds a secret, a host's name or anything else that grows with the cluster. */
export function createMetrics() {
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

  return {
    step({ id, state, seconds }: EndedStep): void {
      if (seconds !== null) steps.observe({ step: id, outcome: state }, seconds);
    },
    join: (seconds: number) => joins.observe(seconds),
    commit: (seconds: number) => commits.observe(seconds),
    request(labels: { method: string; route: string; status: number }, seconds: number): void {
      requests.observe(labels, seconds);
    },
    refused: (code: string) => refusals.inc({ code }),
    contentType: register.contentType,
    /** All of it, in Prometheus' text format. */
    read(counted: Counted): Promise<string> {
      for (const phase of phases) hosts.set({ phase }, counted.hosts.filter((host) => host.phase === phase).length);
      agents.reset();
      for (const { agentVersion } of counted.hosts) if (agentVersion !== null) agents.inc({ version: agentVersion });
      tokens.set(counted.openTokens);
      return register.metrics();
    },
    /** The names of all metrics. */
    names: () => register.getMetricsAsArray().map(({ name }) => name),
  };
}
