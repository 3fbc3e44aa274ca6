import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import { createRedactor } from '../../shared/redact.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { type CodedText, verbatim } from '../../shared/text/local-text.ts';
import { memberAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import type { OpenJoinCredential } from '../link/join-credential.ts';
import type { StepContext } from '../steps/step.ts';

interface Means {
  host: Host;
  facts: Facts;
  assignment: Assignment;
  owned: boolean;
  signal: AbortSignal;
  say(step: StepId, line: CodedText): void;
  requestJoinCredential(signal: AbortSignal): Promise<OpenJoinCredential>;
  planFile(sha256: string, signal: AbortSignal): Promise<Buffer>;
  artefact(name: string, signal: AbortSignal): Promise<Buffer>;
  coordinatorKeys(recipient: string, signal: AbortSignal): Promise<Buffer>;
  node(): Promise<NodeFacts | null>;
}

/** Creates the context of one step. All output passes the redactor. */
export function createStepContext(id: StepId, means: Means): StepContext {
  const { host, facts, assignment, owned, signal } = means;
  const redact = createRedactor();
  const say = ({ en, zh, ...code }: CodedText) => means.say(id, { en: redact(en), zh: redact(zh), ...code });
  const onLine = (line: string) => say(verbatim(line));
  return {
    host,
    facts,
    assignment,
    owned,
    signal,
    say,
    runLong: (program, args, { part, ...options } = {}) =>
      host.runUnit(part === undefined ? id : `${id}-${part}`, program, args, { ...options, onLine, signal }),
    requestJoinCredential: () => means.requestJoinCredential(signal),
    planFile: (sha256) => means.planFile(sha256, signal),
    artefact: (name) => means.artefact(name, signal),
    coordinatorKeys: (recipient) => means.coordinatorKeys(recipient, signal),
    node: means.node,
    etcdAt: memberAt(host),
  };
}
