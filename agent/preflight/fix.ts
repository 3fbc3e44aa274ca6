import { MusterError } from '../../shared/errors/errors.ts';
import { checkOf } from '../../shared/preflight/catalogue.ts';
import { blockedSteps } from '../../shared/preflight/guard.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import { stepIds, stepsOf } from '../../shared/steps/catalogue.ts';
import type { Language, LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import type { Journal } from '../loop/journal.ts';
import { runSteps } from '../loop/runner.ts';
import { createStepContext } from '../loop/step-context.ts';
import { isActive } from '../machine/unit.ts';
import { steps } from '../steps/index.ts';

interface Work {
  host: Host;
  journal: Journal;
  findings: readonly Finding[];
  assignment: Assignment;
  facts: Facts;
  language: Language;
  say(line: string): void;
}

const agentRuns: LocalText = {
  en: 'muster-agent.service is running and applies these steps; nothing was changed',
  zh: 'muster-agent.service 正在运行，由它执行这些步骤；未作更改',
};
const stateWords: Partial<Record<StepResult['state'], LocalText>> = {
  applying: { en: 'applying', zh: '正在执行' },
  done: { en: 'done', zh: '完成' },
  waiting: { en: 'waiting', zh: '等待' },
  failed: { en: 'failed', zh: '失败' },
  blocked: { en: 'blocked', zh: '受阻' },
};

/**
 * Applies the steps that fix these findings, with the agent's runner and journal. Skips steps that install software or
 * create a node. false: nothing was changed. Throws MusterError `root-needed`.
 */
export async function fixFindings(work: Work): Promise<boolean> {
  const { host, journal, facts, assignment, say, language } = work;
  if (!facts.root) throw new MusterError('root-needed', { command: 'muster-agent preflight --fix' });
  if (facts.machine.units !== null && (await isActive(host, 'muster-agent.service'))) {
    say(agentRuns[language]);
    return false;
  }
  const wanted = stepsFor(work);
  const { signal } = new AbortController();
  await runSteps(wanted, {
    ...{ host, journal, signal },
    onTodo: 'first',
    blocked: blockedSteps(work.findings, stepIds, { isPartial: true }),
    contextFor: (id) =>
      createStepContext(id, {
        ...{ host, facts, assignment, signal },
        say: (_, line) => say(`  ${line[language]}`),
        requestJoinCredential: () => Promise.reject(new MusterError('not-enrolled')),
        planFile: () => Promise.reject(new MusterError('not-enrolled')),
        artefact: () => Promise.reject(new MusterError('not-enrolled')),
        coordinatorKeys: () => Promise.reject(new MusterError('not-enrolled')),
        owned: false,
        node: async () => null,
      }),
    onState: (result) => tell(result, work),
    onBug: (id, error) => say(`${id}: ${error.stack ?? error.message}`),
  });
  return wanted.length > 0;
}

function stepsFor({ findings, assignment }: Work) {
  const open = findings.filter(({ level, mends }) => mends && (level === 'warning' || level === 'error'));
  const wanted = new Set(open.map(({ id }) => checkOf(id)?.step));
  return stepsOf(assignment.bootstrap, assignment.host.role)
    .filter(({ id, installs, makesNode }) => wanted.has(id) && !installs && !makesNode)
    .map(({ id }) => steps[id]);
}

function tell({ id, state, message, remedy, zh }: StepResult, { language, say }: Work): void {
  const word = stateWords[state];
  if (word === undefined) return;
  const told = language === 'zh' && zh !== undefined ? zh : { message, remedy };
  const parts = [id, word[language], told.message, told.remedy].filter((part) => part !== '');
  say(parts.join(': '));
}
