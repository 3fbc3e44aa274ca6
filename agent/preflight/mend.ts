import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { checkOf } from '../../shared/preflight/catalogue.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';
import { createStepContext } from '../loop/step-context.ts';
import { isActive } from '../machine/unit.ts';
import { steps } from '../steps/index.ts';

interface Work {
  findings: readonly Finding[];
  assignment: Assignment | null;
  facts: Facts;
  say(line: string): void;
}

/** Applies the steps that mend these findings, in their order. False: there was nothing to mend. Throws MusterError. */
export async function mend(host: Host, { findings, assignment, facts, say }: Work): Promise<boolean> {
  if (assignment === null) return false;
  if (!facts.root) {
    throw new MusterError('root-needed', 'only root can mend anything', {
      exit: exitCode.notPermitted,
      remedy: 'sudo muster-agent preflight --fix',
    });
  }
  if (facts.machine.units !== null && (await isActive(host, 'muster-agent.service'))) {
    say('The agent of this host runs and mends by itself what can be mended.');
    return false;
  }
  const open = findings.filter(({ level, mends }) => mends && (level === 'warning' || level === 'error'));
  const wanted = new Set(open.map(({ id }) => checkOf(id)?.step));
  const ids = stepsOf(assignment.bootstrap)
    .filter(({ id, installs, makesNode }) => wanted.has(id) && !installs && !makesNode)
    .map(({ id }) => id);
  for (const id of ids) {
    const context = createStepContext(id, {
      ...{ host, facts, assignment, signal: new AbortController().signal },
      say: (_, line) => say(`  ${line}`),
      requestJoinCredential: () => Promise.reject(new MusterError('not-enrolled', 'this host is not enrolled')),
      owned: false,
      node: async () => null,
    });
    const before = await steps[id].check(context);
    if (before.state !== 'todo') continue;
    say(`${id}: ${before.message}`);
    await steps[id].apply(context);
    const after = await steps[id].check(context);
    say(`${id}: ${after.state === 'done' ? 'done' : after.message}`);
  }
  return ids.length > 0;
}
