import { describe, expect, it } from 'vitest';
import { isExecutable } from '../../../agent/changes/execute.ts';
import { changesOf } from '../../../agent/steps/declared.ts';
import { steps } from '../../../agent/steps/index.ts';
import { assign } from '../../../shared/plan/assign.ts';
import { actionsOf } from '../../../shared/steps/actions.ts';
import { stepsOf } from '../../../shared/steps/catalogue.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { hostsWith } from './same-values/hosts.ts';
import { doneOn, printed } from './same-values/lines.ts';
import { onHost } from './same-values/on-host.ts';
import { plans, planWith } from './same-values/plans.ts';

/**
 * `plan show` prints the same values that the agent executes. Each step is applied on several hosts, and its writes and
 * runs are compared with the printed values: everything done is printed, and everything printed is done on one of the
 * hosts.
 */

const api = await apiServerOfFile();
const hosts = hostsWith(api);

describe.each(Object.keys(plans))('a plan with %s', (name) => {
  const plan = planWith(name);

  describe.each(['master01', 'node01'])('on %s', (self) => {
    const assignment = assign(plan, self);
    if (assignment === null) throw new Error(`${self} is not planned`);
    // It runs setup.sh of a signed release; see coordinator-install.test.ts.
    const ids = stepsOf(assignment.bootstrap, assignment.host.role)
      .map(({ id }) => id)
      .filter((id) => id !== 'coordinator-install');

    it.each(ids)('%s does exactly what is printed', async (id) => {
      const seen = new Set<string>();
      let promised: ReturnType<typeof printed> = [];
      for (const options of hosts) {
        const context = onHost(api, id, assignment, options);
        promised = printed(changesOf(id, context).flatMap((change) => actionsOf(change)));
        await steps[id].apply(context);
        for (const one of doneOn(context, api.requests)) seen.add(one);
      }
      const unprinted = [...seen].filter((one) => !promised.some(({ pattern }) => pattern.test(one)));
      const undone = promised.filter(({ pattern }) => ![...seen].some((one) => pattern.test(one)));
      expect({ unprinted, undone: undone.map(({ text }) => text) }).toEqual({ unprinted: [], undone: [] });
    });
  });
});

it('a step without its own code states only changes that the executor makes', () => {
  const plan = planWith('containerd');
  const assignment = assign(plan, 'master01');
  if (assignment === null) throw new Error('master01 is not planned');
  for (const { id, part } of stepsOf('init', 'control-plane')) {
    if (part !== 'prepare') continue;
    expect(changesOf(id, onHost(api, id, assignment, {})).every(isExecutable), id).toBe(true);
  }
});
