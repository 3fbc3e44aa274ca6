import { z } from 'zod';
import type { WatchEvent } from '../../shared/kube/watch-stream.ts';
import type { ClusterFacts } from '../../shared/protocol/facts.ts';
import type { KubeClient } from './client.ts';
import { type Node, nodeSchema, readyCondition } from './objects.ts';

type Listed = ClusterFacts['nodes'][number];

const path = '/api/v1/nodes';
const pageSize = 500;
/** Changes within this time are announced once, in ms. */
const gatherMs = 250;

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional(), resourceVersion: z.string().default('') }),
  items: z.array(nodeSchema),
});
const versionSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

interface Followed {
  caPem: string;
  nodes: Map<string, Listed>;
  /** The newest version seen. */
  version: string;
  stop: AbortController;
}

export interface WatchedNodes {
  /** All Nodes of the cluster, by name. Lists them unless they are watched. Throws MusterError. */
  read(client: Pick<KubeClient, 'caPem' | 'get' | 'watch'>): Promise<Listed[]>;
  stop(): void;
}

interface WatchedNodesOptions {
  /** A watch that ends sooner, in ms, is not repeated before the Nodes are listed again. */
  shortestWatchMs?: number;
}

/** Lists the Nodes once and then watches them. `onChange`: one of them changed, or they must be listed again. */
export function createWatchedNodes(
  onChange: () => void,
  { shortestWatchMs = 1000 }: WatchedNodesOptions = {},
): WatchedNodes {
  let current: Followed | null = null;
  let soon: NodeJS.Timeout | null = null;

  function announce(): void {
    soon ??= setTimeout(() => {
      soon = null;
      onChange();
    }, gatherMs);
  }

  function stop(): void {
    current?.stop.abort();
    current = null;
    if (soon !== null) clearTimeout(soon);
    soon = null;
  }

  async function follow(client: Pick<KubeClient, 'watch'>, followed: Followed): Promise<void> {
    const { signal } = followed.stop;
    let end = 'ended';
    while (end === 'ended' && !signal.aborted) {
      const began = performance.now();
      const take = (event: WatchEvent) => apply(followed, event, announce);
      end = await client.watch(path, { resourceVersion: followed.version, take, signal });
      if (performance.now() - began < shortestWatchMs) end = 'failed';
    }
    if (current !== followed) return;
    current = null;
    announce();
  }

  return {
    stop,
    async read(client) {
      if (current?.caPem !== client.caPem) stop();
      if (current === null) {
        current = { caPem: client.caPem, ...(await list(client)), stop: new AbortController() };
        void follow(client, current);
      }
      return [...current.nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

async function list(client: Pick<KubeClient, 'get'>): Promise<Pick<Followed, 'nodes' | 'version'>> {
  const nodes = new Map<string, Listed>();
  let next: string | undefined;
  let version = '';
  do {
    const token = next === undefined ? '' : `&continue=${encodeURIComponent(next)}`;
    const { metadata, items } = pageSchema.parse(await client.get(`${path}?limit=${pageSize}${token}`));
    for (const node of items) nodes.set(node.metadata.name, listed(node));
    version = metadata.resourceVersion;
    next = metadata.continue || undefined;
  } while (next !== undefined);
  return { nodes, version };
}

const listed = (node: Node): Listed => ({
  name: node.metadata.name,
  ready: readyCondition(node)?.status === 'True',
  version: node.status.nodeInfo.kubeletVersion,
});

/** Returns false if the event does not have the expected form. */
function apply(followed: Followed, { type, object }: WatchEvent, onChange: () => void): boolean {
  const version = versionSchema.safeParse(object);
  if (!version.success) return false;
  followed.version = version.data.metadata.resourceVersion;
  if (type === 'BOOKMARK') return true;
  const parsed = nodeSchema.safeParse(object);
  if (!parsed.success) return false;
  const after = listed(parsed.data);
  const before = followed.nodes.get(after.name);
  if (type === 'DELETED') followed.nodes.delete(after.name);
  else followed.nodes.set(after.name, after);
  if (type === 'DELETED' || JSON.stringify(before) !== JSON.stringify(after)) onChange();
  return true;
}
