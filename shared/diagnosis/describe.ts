import { assumedManager, commandFor } from '../packages/index.ts';
import type { Diagnosis, ReportedDiagnosis } from '../protocol/diagnosis.ts';
import type { PackageManager } from '../systems.ts';
import type { LocalText } from '../text/local-text.ts';
import { fillCommand, fillInstruction, fillText, type Values } from '../text/values.ts';
import type { Failure } from './failure.ts';
import { failures } from './failures/index.ts';
import { remedyTexts } from './remedies.ts';

/** What the reader knows itself about the host; the host's own values never replace these. */
export interface Trusted {
  /** The host's name, which is its node's. */
  host: string;
  /** The planned runtime's name. */
  runtime: string;
  /** The cluster's endpoint, HOST:PORT. */
  endpoint: string;
}

/** The placeholders that commands for other machines than the host itself may have. */
export const trustedNames = ['host', 'node', 'runtime', 'endpoint', 'server'] as const;

const unknown: Pick<Failure, 'id' | 'title' | 'cause' | 'remedy' | 'next' | 'command' | 'where' | 'automatic'> = {
  id: 'unknown',
  title: { en: 'Unknown failure', zh: '未知故障' },
  cause: {
    en: 'No known failure matches. The last lines of output and the errors in the journals of that time are shown below.',
    zh: '没有匹配的已知故障。下面显示最后几行输出以及同一时段日志中的错误。',
  },
  remedy: {
    en: 'Create a support bundle for further analysis. Next: muster cleans up and retries.',
    zh: '创建支持包以便进一步分析。之后 muster 会清理并重试。',
  },
  command: 'muster support-bundle {host}',
  where: 'coordinator',
};

const byId = new Map(failures.map((failure) => [failure.id, failure]));

/**
 * Adds the catalogue's texts to what a host reports; a failure unknown to this version is an unknown one. `manager`: the
 * host's.
 */
export function describe(
  reported: ReportedDiagnosis,
  trusted: Trusted,
  manager: PackageManager = assumedManager,
): Diagnosis {
  const { step, since, evidence, triesLeft } = reported;
  const { id, title, cause, remedy, next, command, where, automatic } = byId.get(reported.id) ?? unknown;
  const server = trusted.endpoint.replace(/:\d+$/, '');
  // A line that names no API server is about the endpoint.
  const values: Values = { api: trusted.endpoint, ...reported.values, ...trusted, node: trusted.host, server };
  const filled =
    (fill: typeof fillText) =>
    ({ en, zh }: LocalText): LocalText => ({ en: fill(en, values), zh: fill(zh, values) });
  const [text, instruction] = [filled(fillText), filled(fillInstruction)];
  return {
    ...{ id, step, since, evidence, where },
    title: text(title),
    cause: text(cause),
    remedy: instruction(remedy),
    ...(next === undefined ? {} : { next: instruction(next) }),
    command: fillCommand(commandFor(command, manager), values),
    automatic:
      automatic === undefined || triesLeft === null ? null : { text: remedyTexts[automatic.remedy], triesLeft },
  };
}
