import { hostFiles } from '../../shared/steps/content/files.ts';
import { kubeletEnvironment as variables } from '../../shared/steps/content/kubelet-environment.ts';
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

/** Other lines, such as KUBELET_EXTRA_ARGS, stay; where nothing is needed, so does a file that is not there. */
async function contents({ host, assignment }: StepContext): Promise<{ current: string; wanted: string }> {
  const current = (await host.readFile(path)) ?? '';
  const needed = Object.entries(variables(assignment.settings)).map(([name, value]) => ({
    name,
    line: `${name}=${value}`,
  }));
  const lines = current.split('\n');
  if (needed.every(({ line }) => lines.includes(line))) return { current, wanted: current };
  const others = lines.filter((line) => line !== '' && !needed.some(({ name }) => line.startsWith(`${name}=`)));
  return { current, wanted: [...others, ...needed.map(({ line }) => line), ''].join('\n') };
}
