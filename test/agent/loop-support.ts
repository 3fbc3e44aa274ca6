import { setImmediate as turn } from 'node:timers/promises';
import { openJournal } from '../../agent/loop/journal.ts';
import { createLoop } from '../../agent/loop/loop.ts';
import { createStepContext } from '../../agent/loop/step-context.ts';
import type { CheckResult, Step, StepContext } from '../../agent/steps/step.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { type StepId, stepIds } from '../../shared/steps/catalogue.ts';
import { fakeHost } from './fake-host.ts';
import { sampleFacts } from './samples.ts';

export const targetOf = (assignment: Assignment | null) => ({ assignment, reason: { en: '', zh: '' }, duties: [] });
export const settle = async () => {
  for (let i = 0; i < 100; i += 1) await turn();
};

/** A loop whose steps hold unless the test says otherwise; `log` records every check and apply. */
export async function setUp(parts: Partial<Record<StepId, Partial<Step>>> = {}, first: Partial<Facts> = {}) {
  const host = fakeHost();
  const log: string[] = [];
  const state: Partial<Report> = {};
  const machine = { facts: sampleFacts(first) };
  const steps = Object.fromEntries(
    stepIds.map((id): [StepId, Step] => [
      id,
      {
        id,
        async check(context: StepContext): Promise<CheckResult> {
          log.push(`check ${id}`);
          return (await parts[id]?.check?.(context)) ?? { state: 'done' };
        },
        async apply(context: StepContext) {
          log.push(`apply ${id}`);
          await parts[id]?.apply?.(context);
        },
      },
    ]),
  ) as Record<StepId, Step>;
  const diagnosis = { onStep: () => undefined, after: async () => false, clear: () => undefined };
  const loop = createLoop({
    host,
    diagnosis,
    log: silentLogger(),
    journal: await openJournal(host, '/journal', silentLogger()),
    reporter: { tell: (change) => void Object.assign(state, change) },
    async gather() {
      log.push('facts');
      return machine.facts;
    },
    steps,
    contextFor: (id, round) =>
      createStepContext(id, {
        ...round,
        host,
        owned: true,
        say: () => undefined,
        requestJoinCredential: () => Promise.reject(new Error('not asked for here')),
        planFile: () => Promise.reject(new Error('not asked for here')),
        artefact: () => Promise.reject(new Error('not asked for here')),
        coordinatorKeys: () => Promise.reject(new Error('not asked for here')),
        node: async () => null,
      }),
    async leave({ what }) {
      log.push(`leave ${what}`);
    },
    onRound: async () => undefined,
    recovery: { perform: async () => 'idle' as const },
    onApplied: () => undefined,
  });
  const controller = new AbortController();
  const running = loop.run(controller.signal);
  const stop = async () => {
    controller.abort();
    await running;
  };
  return { loop, log, state, host, machine, stop, controller };
}
