import { openJournal } from '../../agent/loop/journal.ts';
import { type RoundMeans, runSteps } from '../../agent/loop/runner.ts';
import { createStepContext } from '../../agent/loop/step-context.ts';
import type { CheckResult, Step } from '../../agent/steps/step.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';
import { sampleAssignment, sampleFacts, sampleFinding } from './samples.ts';

export const path = '/var/lib/muster-agent/journal.json';
export const done: CheckResult = { state: 'done' };
export const todo: CheckResult = { state: 'todo', message: verbatim('not there') };

/** Opens the journal again, as the next agent does. */
export async function setUp(host: FakeHost = fakeHost(), signal = new AbortController().signal) {
  let onTodo: RoundMeans['onTodo'] = 'first';
  let blocked: RoundMeans['blocked'] = new Map();
  const journal = await openJournal(host, path, silentLogger());
  const told: StepResult[] = [];
  const bugs: Error[] = [];
  const said: string[] = [];
  const run = (...steps: Step[]) =>
    runSteps(steps, {
      host,
      journal,
      signal,
      onTodo,
      blocked,
      contextFor: (id) =>
        createStepContext(id, {
          host,
          owned: true,
          facts: sampleFacts(),
          assignment: sampleAssignment(),
          signal,
          say: (_, line) => said.push(line.en),
          requestJoinCredential: () => Promise.reject(new Error('not asked for here')),
          artefact: () => Promise.reject(new Error('not expected')),
          coordinatorKeys: () => Promise.reject(new Error('not expected')),
          planFile: () => Promise.reject(new Error('not asked for here')),
          node: async () => null,
        }),
      onState: (result) => told.push(result),
      onBug: (_, error) => bugs.push(error),
    });
  const settle = (meaning: RoundMeans['onTodo']) => {
    onTodo = meaning;
  };
  const block = (step: StepId, check: string) => {
    blocked = new Map([[step, sampleFinding({ id: check })]]);
  };
  return { host, journal, told, bugs, said, run, settle, block };
}

/** A step whose check holds once `apply` has run; `log` records its calls. */
export function step(id: StepId, log: string[], parts: Partial<Step> = {}): Step {
  let applied = false;
  return {
    id,
    check: async () => (applied ? done : todo),
    async apply() {
      log.push(`apply ${id}`);
      applied = true;
    },
    ...parts,
  };
}

export const states = (told: StepResult[]) => told.map(({ id, state }) => `${id} ${state}`);
export const written = async (host: FakeHost) =>
  JSON.parse(host.content(path)) as { owns: boolean; steps: Record<string, { state: string }> };
