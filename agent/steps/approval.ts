import type { ClusterObject } from '../../shared/steps/change.ts';
import { foreignTokens, secretsPath } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { adminClient } from './api-server.ts';
import { changeOf } from './declared.ts';
import type { Step, StepContext } from './step.ts';

const automatic = {
  en: 'kubeadm’s automatic approval is enabled: any bootstrap token can become any node',
  zh: 'kubeadm 的自动批准已启用：任何引导令牌都可以成为任何节点',
};

/**
 * By default, kubeadm lets any bootstrap token become any node. This step removes that rule and all tokens that muster
 * did not create for a specific host.
 */
export const approval: Step = {
  id: 'approval',

  async check(context) {
    const found = await openDoors(await adminClient(context.host), context);
    if (found.some(({ kind }) => kind !== 'foreign-tokens')) return { state: 'todo', message: automatic };
    if (found.length === 0) return { state: 'done' };
    const all = found.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(', ');
    return {
      state: 'todo',
      message: { en: `bootstrap tokens not minted by muster: ${all}`, zh: `不是由 muster 签发的引导令牌：${all}` },
    };
  },

  async apply(context) {
    const client = await adminClient(context.host);
    for (const { path } of await openDoors(client, context)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      context.say({ en: `deleting ${name}`, zh: `正在删除 ${name}` });
      await client.remove(path);
    }
  },
};

type Found = { kind: ClusterObject['kind']; path: string };

/** What the step removes and the cluster has. */
async function openDoors(client: KubeClient, context: StepContext): Promise<Found[]> {
  const { remove } = changeOf('approval', 'cluster-objects', context);
  const found = await Promise.all(remove.map((object) => existing(client, object)));
  return found.flat();
}

async function existing(client: KubeClient, object: ClusterObject): Promise<Found[]> {
  if ('path' in object) return (await client.get(object.path)) === null ? [] : [object];
  const names = await foreignTokens(client);
  return names.map((name) => ({ kind: 'foreign-tokens', path: `${secretsPath}/${encodeURIComponent(name)}` }));
}
