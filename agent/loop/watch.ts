import type { ClusterFacts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import type { Reporter } from '../link/reporter.ts';
import { createLatch } from './latch.ts';

/** How often the API server is asked, in ms: while something is under way, and while all is well. */
const busy = 1000;
const calm = 30_000;

interface Means {
  host: Pick<Host, 'sleep'>;
  reporter: Pick<Reporter, 'tell'>;
  /** null where this host is or can't be a node. */
  readNode(): Promise<NodeFacts | null>;
  /** null but on a control plane. */
  readCluster(): Promise<ClusterFacts | null>;
  /** All steps are done and no duty waits. */
  isCalm(): boolean;
  /** A node that was Ready is not any more. */
  onLost(): void;
}

export interface Watch {
  /** This host's Node, asked now; what is found is reported. */
  node(): Promise<NodeFacts | null>;
  /** Looks at once, as something has changed. Before the first poke nothing is known of this host's role, so nothing is looked at. */
  poke(): void;
  run(signal: AbortSignal): Promise<void>;
}

/** Keeps an eye on this host's Node and, on a control plane, on the cluster; no program is started for it. */
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
    // The moment of a look alone is no news.
    const same =
      found !== null &&
      cluster !== null &&
      JSON.stringify({ ...found, observedAt: cluster.observedAt }) === JSON.stringify(cluster);
    if (!same) cluster = found;
    reporter.tell({ cluster });
  }

  const allReady = () =>
    wasReady && (cluster === null || (cluster.joinable && cluster.nodes.every(({ ready }) => ready)));

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
        const sleeping = host.sleep(isCalm() && allReady() ? calm : busy, pause.signal);
        await Promise.race([sleeping, poked.wait()]);
        pause.abort();
      }
    },
  };
}
