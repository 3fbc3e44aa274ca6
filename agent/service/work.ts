import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import { routes } from '../../shared/protocol/enrolment.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { CodedText } from '../../shared/text/local-text.ts';
import { createDiagnostician } from '../diagnosis/diagnostician.ts';
import { signs } from '../drift/signs.ts';
import { createDriftWatch } from '../drift/watch.ts';
import { gather } from '../facts/gather.ts';
import { createReach } from '../facts/reach/reach.ts';
import type { Host } from '../host/host.ts';
import { clusterFacts } from '../kube/cluster.ts';
import { nodeFacts } from '../kube/node.ts';
import { createSparing } from '../kube/sparing.ts';
import { createWatchedNodes } from '../kube/watched-nodes.ts';
import { requestJoinCredential } from '../link/join-credential.ts';
import { retryFor } from '../link/retry.ts';
import { openJournal } from '../loop/journal.ts';
import { createLeave } from '../loop/leave.ts';
import { createLoop } from '../loop/loop.ts';
import type { RoundParts } from '../loop/round.ts';
import { createStepContext } from '../loop/step-context.ts';
import { createWatch } from '../loop/watch.ts';
import type { AgentPaths } from '../paths.ts';
import { createRecovery } from '../recovery/recovery.ts';
import { steps } from '../steps/index.ts';
import type { Link } from './link.ts';
import type { News } from './news.ts';

/** Long-poll time for a join credential, in seconds. */
const joinWait = 25;
/** The coordinators' keys come once a report has shown that this host holds the cluster. In ms, see retryFor. */
const keysPatience = 3000;

interface Parts {
  paths: AgentPaths;
  host: Host;
  log: Logger;
  link: Link;
  news: News;
  /** The newest target; null: none received yet. */
  target(): Target | null;
  /** Fires when the agent is stopped. */
  signal: AbortSignal;
}

/** Creates the loop and the watchers of the host, its Node and its cluster. */
export async function createWork({ paths, host, log, link, news, target, signal }: Parts) {
  const { client, reporter, untilDone } = link;
  const journal = await openJournal(host, paths.journal, log);
  const diagnosis = createDiagnostician({ host, log, journal, reporter });
  const leave = createLeave({ host, paths, journal, client, untilDone, log, stopping: signal });
  const drift = createDriftWatch({
    signs: () => signs(host, paths),
    onChange(names) {
      log.info('drift signs found; checking all steps', { names });
      news.emit('stale');
    },
  });
  const watch = createWatch({
    host,
    reporter,
    ...nodeAndCluster(host, { target, signal, onChange: () => watch.poke() }),
    isCalm: () => isCalm(target(), loop.isDone()),
    onLost: () => void news.emit('node-lost'),
  });

  function contextFor(id: StepId, work: Parameters<RoundParts['contextFor']>[1]) {
    function say(step: StepId, line: CodedText): void {
      diagnosis.heard(step, line);
      reporter.say(step, line);
    }
    const askToJoin = (stop: AbortSignal) =>
      requestJoinCredential(work.assignment.host.role, (recipient) =>
        untilDone('ask for a join credential', () => client.joinCredential(joinWait, recipient, stop), stop),
      );
    return createStepContext(id, {
      ...work,
      host,
      say,
      owned: journal.owns(),
      requestJoinCredential: askToJoin,
      planFile: (sha256, stop) => client.download(`${routes.planFiles}/${sha256}`, stop),
      artefact: (name, stop) => client.download(`${routes.artefacts}/${name}`, stop),
      coordinatorKeys: (recipient, stop) => retryFor(keysPatience, () => client.coordinatorKeys(recipient, stop)),
      node: watch.node,
    });
  }

  const reach = createReach(host);
  const loop = createLoop({
    ...{ host, log, journal, reporter, steps, diagnosis, contextFor },
    gather: (assignment) => gather(host, { assignment, reach }),
    leave: leave.perform,
    recovery: createRecovery({ host, log, onChange: () => void news.emit('stale') }),
    onApplied: () => void news.emit('changed'),
    onRound: drift.mark,
  });

  return {
    loop,
    watch,
    resumeLeave: leave.goOn,
    lookForDrift: async () => {
      if (loop.isDone()) await drift.look();
    },
    /** Runs before the steps correct the loss, which would hide its cause. */
    async diagnoseLoss(): Promise<void> {
      const assignment = target()?.assignment;
      if (assignment) await diagnosis.lost(assignment).catch((error) => log.warn(messageOf(error)));
    },
  };
}

interface Following extends Pick<Parts, 'target' | 'signal'> {
  /** A Node of the cluster changed. */
  onChange(): void;
}

/** Readers of this host's Node and its cluster; null where they do not apply. */
function nodeAndCluster(host: Host, { target, signal, onChange }: Following) {
  const spare = createSparing();
  const nodes = createWatchedNodes(onChange);
  const self = () => target()?.assignment?.host ?? null;
  signal.addEventListener('abort', nodes.stop, { once: true });
  return {
    async readNode() {
      const name = self()?.name;
      return name === undefined ? null : nodeFacts(host, name, spare);
    },
    async readCluster() {
      if (self()?.role === 'control-plane') return clusterFacts(host, { spare, nodes });
      nodes.stop();
      return null;
    },
  };
}

/** Nothing is in progress, so the API server is polled less often. */
const isCalm = (target: Target | null, isDone: boolean): boolean =>
  (isDone || target?.hold !== undefined) && target?.duties.length === 0;
