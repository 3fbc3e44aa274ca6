import type { EtcdState } from '../../shared/protocol/etcd-state.ts';
import { phases } from '../../shared/protocol/status.ts';
import type { EndedStep } from '../store/news.ts';
import { createInstruments, type EtcdInstruments } from './instruments.ts';

/** Values counted at each scrape. */
export interface Counted {
  /** One entry per planned host. */
  hosts: readonly { phase: string; agentVersion: string | null }[];
  /** Enrolment tokens that are still valid. */
  openTokens: number;
  /** null: no control plane has a member. */
  etcd: EtcdState | null;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The coordinator's metrics for Prometheus. */
export function createMetrics() {
  const { register, hosts, agents, tokens, etcd, steps, joins, requests, commits, refusals } = createInstruments();

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
    /** All metrics in Prometheus' text format. */
    read(counted: Counted): Promise<string> {
      for (const phase of phases) hosts.set({ phase }, counted.hosts.filter((host) => host.phase === phase).length);
      agents.reset();
      for (const { agentVersion } of counted.hosts) if (agentVersion !== null) agents.inc({ version: agentVersion });
      tokens.set(counted.openTokens);
      setEtcd(etcd, counted.etcd);
      return register.metrics();
    },
    names: () => register.getMetricsAsArray().map(({ name }) => name),
  };
}

/** Without a member anywhere there are no values. */
function setEtcd({ members, quorum, database, verified }: EtcdInstruments, state: EtcdState | null): void {
  for (const instrument of [members, database]) instrument.reset();
  for (const instrument of [quorum, verified]) instrument.remove();
  if (state === null) return;
  const answering = state.members.filter(({ answers }) => answers).length;
  members.set({ state: 'answering' }, answering);
  members.set({ state: 'silent' }, state.members.length - answering);
  quorum.set(state.hasQuorum ? 1 : 0);
  database.set({ kind: 'file' }, Math.max(0, ...state.members.map(({ dbBytes }) => dbBytes ?? 0)));
  database.set({ kind: 'in-use' }, Math.max(0, ...state.members.map(({ inUseBytes }) => inUseBytes ?? 0)));
  verified.set(state.restorable === null ? 0 : Date.parse(state.restorable.at) / 1000);
}
