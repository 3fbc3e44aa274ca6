import { phases } from '../../shared/protocol/status.ts';
import type { EndedStep } from '../store/news.ts';
import { createInstruments } from './instruments.ts';

/** Values counted at each scrape. */
export interface Counted {
  /** One entry per planned host. */
  hosts: readonly { phase: string; agentVersion: string | null }[];
  /** Enrolment tokens that are still valid. */
  openTokens: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The coordinator's metrics for Prometheus. */
export function createMetrics() {
  const { register, hosts, agents, tokens, steps, joins, requests, commits, refusals } = createInstruments();

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
      return register.metrics();
    },
    names: () => register.getMetricsAsArray().map(({ name }) => name),
  };
}
