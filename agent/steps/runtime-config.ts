import { markForRestart } from '../machine/restart-mark.ts';
import { unitNamed } from '../machine/unit.ts';
import { runtimeFileChanges } from './runtime-files.ts';
import type { Step } from './step.ts';

/** Written before the runtime is installed, so that its first start is the right one. */
export const runtimeConfig: Step = {
  id: 'runtime-config',

  async check(context) {
    const changes = await runtimeFileChanges(context);
    if (changes.length === 0) return { state: 'done' };
    return { state: 'todo', message: `not as planned: ${changes.map(({ path }) => path).join(', ')}` };
  },

  async apply(context) {
    const { host, assignment } = context;
    const changes = await runtimeFileChanges(context);
    const unit = assignment.settings.runtime.name;
    if ((await unitNamed(host, unit)).active) await markForRestart(host, unit);
    for (const { path, content } of changes) {
      await (content === null ? host.removeFile(path) : host.writeFile(path, content));
    }
  },
};
