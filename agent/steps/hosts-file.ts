import { hostFiles } from '../../shared/steps/content/files.ts';
import { hostsBlock } from '../../shared/steps/content/hosts-block.ts';
import { hostsContent } from './hosts-content.ts';
import type { Step, StepContext } from './step.ts';

export const hostsFile: Step = {
  id: 'hosts-file',

  async check(context) {
    const { current, wanted } = await contents(context);
    if (current === wanted) return { state: 'done' };
    return {
      state: 'todo',
      message: `${hostFiles.hosts} lacks planned hosts or the endpoint, or misleads the kubelet`,
    };
  },

  async apply(context) {
    const { wanted } = await contents(context);
    await context.host.writeFile(hostFiles.hosts, wanted);
  },
};

async function contents({ host, assignment }: StepContext): Promise<{ current: string; wanted: string }> {
  const current = (await host.readFile(hostFiles.hosts)) ?? '';
  const block = hostsBlock(assignment.settings, assignment.host);
  return { current, wanted: hostsContent(current, { block, name: assignment.host.name }) };
}
