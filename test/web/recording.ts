import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../coordinator/store/store.ts';
import { describe } from '../../shared/diagnosis/describe.ts';
import { diagnose, reportFound } from '../../shared/diagnosis/diagnose.ts';
import { noEvidence } from '../../shared/diagnosis/evidence.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { ClusterFacts, Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { OutputLine, StepResult } from '../../shared/protocol/report.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { secret } from '../coordinator/support.ts';

/** What a coordinator had stored at the end of a real bring-up, with the times of each step. */
export interface Recording {
  plan: string;
  hosts: RecordedHost[];
  events: { at: string; host: string | null; kind: string; en: string; zh: string | null }[];
}

export interface RecordedHost {
  name: string;
  enrolledAt: string;
  readyAt: string;
  bootId: string;
  machineId: string;
  facts: Facts;
  findings: Finding[];
  steps: Pick<StepResult, 'id' | 'startedAt' | 'endedAt' | 'attempts' | 'message'>[];
  node: NodeFacts;
  cluster: ClusterFacts | null;
  output: OutputLine[];
}

/** A blocked host and the lines that its step printed. */
export interface Trouble {
  host: string;
  step: StepId;
  output: OutputLine[];
}

export function readRecording<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'recordings', `${name}.json`), 'utf8'));
}

/** Writes a database into the folder `state`, as the coordinator's was at the moment `at` of the recording. */
export function storeRecording(state: string, { hosts, events }: Recording, at: Date, trouble?: Trouble): void {
  const now = at.getTime();
  const store = openStore(join(state, 'muster.db'));
  store.transaction(() => {
    for (const [index, host] of hosts.entries()) {
      const { name, bootId, machineId } = host;
      const { credentialSha256 } = secret();
      const enrolledAt = Date.parse(host.enrolledAt);
      if (enrolledAt > now) continue;
      store.hosts.enrol({ name, credentialSha256, agentVersion: '0.1.0', bootId, machineId, now: enrolledAt });
      store.hosts.reported(name, { at: now - 800 - 1100 * index, clockSkewMs: 0, agentVersion: '0.1.0', bootId });
      const put = store.observations.put;
      put(name, 'facts', host.facts, now);
      put(name, 'findings', host.findings, now);
      put(name, 'steps', stepsAt(host, now), now);
      const held = trouble?.host === name ? trouble : undefined;
      store.output.append(
        name,
        host.output.filter((line) => Date.parse(line.at) <= now && line.step !== held?.step),
      );
      if (held !== undefined) hold(held);
      if (Date.parse(host.readyAt) > now) continue;
      store.hosts.ready(name, Date.parse(host.readyAt));
      put(name, 'node', host.node, now);
      if (host.cluster === null) continue;
      put(name, 'cluster', host.cluster, now);
      store.cluster.set(host.cluster);
    }
    for (const event of events) {
      const when = Date.parse(event.at);
      if (when <= now) store.events.add(when, event.kind, event.host, { en: event.en, zh: event.zh ?? event.en });
    }
  });
  store.close();

  function hold({ host, step, output }: Trouble): void {
    const last = Date.parse(output.at(-1)?.at ?? '');
    const shifted = output.map((line) => ({
      ...line,
      at: new Date(Date.parse(line.at) - last + now - 1000).toISOString(),
    }));
    store.output.append(host, shifted);
    const diagnosis = diagnosisOf(step, output, new Date(now - 9000));
    store.observations.put(host, 'diagnosis', diagnosis, now);
    const { id, title, cause } = diagnosis;
    store.events.add(now - 9000, `diagnosed:${id}`, host, {
      en: `${title.en}: ${cause.en}`,
      zh: `${title.zh}：${cause.zh}`,
    });
  }
}

/** The steps at that moment: later ones had not begun, and those that ended later were being applied. */
function stepsAt({ steps, readyAt }: RecordedHost, now: number): StepResult[] {
  const isReady = Date.parse(readyAt) <= now;
  // A step that needed nothing was checked repeatedly: it was done once any later step had begun.
  const begun = steps.findLastIndex(({ attempts, startedAt }) => attempts > 0 && Date.parse(startedAt ?? '') <= now);
  return steps.map((step, index) => {
    const applied = step.attempts > 0;
    const done = isReady || (applied ? Date.parse(step.endedAt ?? '') <= now : index < begun);
    if (done) return { ...step, state: 'done', remedy: '' };
    if (applied && index <= begun) return { ...step, state: 'applying', endedAt: null, remedy: '' };
    return { ...step, state: 'pending', startedAt: null, endedAt: null, attempts: 0, message: '', remedy: '' };
  });
}

/** The agent's diagnosis of these lines. */
function diagnosisOf(step: StepId, output: readonly OutputLine[], since: Date): Diagnosis {
  const evidence = { ...noEvidence, step, output: output.map(({ text }) => text) };
  const [found] = diagnose(evidence);
  if (found === undefined) throw new Error('nothing in the catalogue matches');
  const reported = reportFound(found, { step, since: since.toISOString(), triesLeft: null }, evidence);
  return describe(reported, { host: 'node02', runtime: 'containerd', endpoint: 'lab.muster.internal:6443' });
}
