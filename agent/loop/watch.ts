import type { ClusterFacts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import type { Reporter } from '../link/reporter.ts';
import { createLatch } from './latch.ts';

/** Polling interval of the API server, in ms: while work is in progress, and otherwise. */
const busy = 1000;
const calm = 30_000;

interface Means {
  host: Pick<Host, 'sleep'>;
  reporter: Pick<Reporter, 'tell'>;
  /** null: this host is not a node or its Node cannot be read. */
  readNode(): Promise<NodeFacts | null>;
  /** null: this host is not a control plane or the cluster cannot be read. */
  readCluster(): Promise<ClusterFacts | null>;
  /** All steps are done and no duty is pending. */
  isCalm(): boolean;
  /** Called when a node that was Ready no longer is. */
  onLost(): void;
}

export interface Watch {
  /** Reads this host's Node now and reports it. */
  node(): Promise<NodeFacts | null>;
  /** Triggers a poll. Nothing is polled before the first call, because this host's role is unknown. */
  poke(): void;
  run(signal: AbortSignal): Promise<void>;
}

/** Polls this host's Node and, on a control plane, the cluster. Starts no programs. */
export function createWatch({ host, reporter, readNode, readCluster, isCalm, onLost }: Means): Watch {
  const poked = createLatch();
  let wasReady = false;
  let cluster: ClusterFacts | null = null;

  async function node(): Promise<NodeFacts | null> {
    const found = await readNode();
    const ready = found?.ready === true;
    const lost = wasReady && !ready;
    wasReady = ready;
    reporter.tell({ node: found });
    if (lost) onLost();
    return found;
  }

  async function lookAtCluster(): Promise<void> {
    const found = await readCluster();
    // A new observation time alone is not reported.
    const same =
      found !== null &&
      cluster !== null &&
      JSON.stringify({ ...found, observedAt: cluster.observedAt }) === JSON.stringify(cluster);
    if (!same) cluster = found;
    reporter.tell({ cluster });
  }

  // Changes of other Nodes poke this watch.
  const isSettled = () => wasReady && cluster?.joinable !== false;

  return {
    node,
    poke: poked.set,
    async run(signal) {
      signal.addEventListener('abort', poked.set, { once: true });
      await poked.wait();
      while (!signal.aborted) {
        poked.reset();
        await Promise.all([node(), lookAtCluster()]);
        const pause = new AbortController();
        const sleeping = host.sleep(isCalm() && isSettled() ? calm : busy, pause.signal);
        await Promise.race([sleeping, poked.wait()]);
        pause.abort();
      }
    },
  };
}
