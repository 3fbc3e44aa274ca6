import type { Evidence, UnitState } from '../../shared/diagnosis/evidence.ts';
import { shortened } from '../../shared/diagnosis/line.ts';
import { createRedactor } from '../../shared/redact.ts';
import type { Host } from '../host/host.ts';
import { readJournal } from '../machine/journal.ts';
import { unitsNamed } from '../machine/unit.ts';
import { failingContainerLogs } from './container-logs.ts';

export interface Question extends Pick<Evidence, 'step' | 'output' | 'facts'>, Partial<Pick<Evidence, 'problem'>> {
  runtime: string;
  /** Journals are read from this time on. */
  since: Date;
}

/** Collects journals, unit states and logs of containers of the period in question, secrets redacted. Read-only. */
export async function collectEvidence(
  host: Host,
  { step, output, problem = null, facts, runtime, since }: Question,
): Promise<Evidence> {
  const [kubelet, ofRuntime, kubeletState, runtimeState] = await Promise.all([
    redactedJournal(host, ['kubelet'], since),
    redactedJournal(host, runtime === 'docker' ? [runtime, 'cri-docker'] : [runtime], since),
    unitState(host, 'kubelet'),
    unitState(host, runtime),
  ]);
  const units = { kubelet: kubeletState, runtime: runtimeState };
  const containers = await failingContainerLogs(host, kubelet);
  return { step, output, problem, facts, kubelet, runtime: ofRuntime, containers, units };
}

/** Journal lines of these units since this time, oldest first, redacted; empty when the journal cannot be read. */
export async function redactedJournal(host: Host, units: readonly string[], since: Date): Promise<string[]> {
  const redact = createRedactor();
  return (await readJournal(host, units, since)).map((line) => redact(shortened(line)));
}

async function unitState(host: Host, unit: string): Promise<UnitState> {
  const units = await unitsNamed(host, [unit]);
  return [...(units?.values() ?? [])][0]?.activeState || null;
}
