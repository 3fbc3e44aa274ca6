import { mostNodes } from '../../shared/protocol/facts.ts';
import type { Notice } from '../../shared/protocol/notice.ts';

/** The cluster has more Nodes than a control plane reports. */
export function unlistedNotice(count: number): Notice[] {
  if (count === 0) return [];
  const text = {
    en: `The cluster has ${mostNodes + count} Nodes; muster tracks the first ${mostNodes} by name. The other ${count} are not shown, and operations on them wait.`,
    zh: `集群有 ${mostNodes + count} 个 Node；muster 按名称只跟踪前 ${mostNodes} 个。其余 ${count} 个不会显示，对它们的操作会等待。`,
  };
  return [{ code: 'nodes-unlisted', text, command: 'kubectl get nodes' }];
}
