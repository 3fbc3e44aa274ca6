import { hostFiles } from '../../shared/steps/content/files.ts';
import { kubeletEnvironment as variables } from '../../shared/steps/content/kubelet-environment.ts';
import { withVariables } from '../machine/kubelet.ts';
import type { Step, StepContext } from './step.ts';

const path = hostFiles.kubeletEnvironment;

export const kubeletEnvironment: Step = {
  id: 'kubelet-environment',

  async check(context) {
    const { current, wanted } = await contents(context);
    return current === wanted ? { state: 'done' } : { state: 'todo', message: `${path} lacks what the kubelet needs` };
  },

  async apply(context) {
    const { wanted } = await contents(context);
    await context.host.writeFile(path, wanted);
  },
};

/** Where nothing is needed, a file that is not there stays so. */
async function contents({ host, assignment }: StepContext): Promise<{ current: string; wanted: string }> {
  const current = (await host.readFile(path)) ?? '';
  return { current, wanted: withVariables(current, variables(assignment.settings)) };
}
