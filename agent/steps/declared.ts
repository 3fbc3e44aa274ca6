import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import type { Change } from '../../shared/steps/change.ts';
import { type Executable, execute, isExecutable, lookAtAll } from '../changes/execute.ts';
import { registryStyleOf } from '../machine/containerd.ts';
import type { Step, StepContext } from './step.ts';

/** What the step changes on this host. */
export function changesOf(id: StepId, { assignment, facts }: Pick<StepContext, 'assignment' | 'facts'>): Change[] {
  const registryStyle = registryStyleOf(facts, assignment.settings.runtime.package);
  return definitionOf[id].changes(assignment, { arch: facts.arch, registryStyle });
}

/** A step that is its changes and nothing else: it holds when the host has them all, and to apply it is to make them. */
export function declaredStep(id: StepId): Step {
  const executable = (context: StepContext): Change<Executable>[] => changesOf(id, context).filter(isExecutable);
  return {
    id,
    async check(context) {
      const { message, ...look } = await lookAtAll(executable(context), context.host);
      if (message === undefined) return { state: 'done' };
      return { ...look, message: message.en, zh: { message: message.zh } };
    },
    apply: (context) => execute(executable(context), context),
  };
}
