import { foreignTokens, secretsPath } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { autoApprovalPath } from '../kube/objects.ts';
import { adminClient } from './api-server.ts';
import type { Step } from './step.ts';

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

  async check({ host }) {
    const { rule, tokens } = await openDoors(await adminClient(host));
    if (rule) return { state: 'todo', message: automatic };
    if (tokens.length === 0) return { state: 'done' };
    const all = tokens.join(', ');
    return {
      state: 'todo',
      message: { en: `bootstrap tokens not minted by muster: ${all}`, zh: `不是由 muster 签发的引导令牌：${all}` },
    };
  },

  async apply({ host, say }) {
    const client = await adminClient(host);
    const { rule, tokens } = await openDoors(client);
    if (rule) await client.remove(autoApprovalPath);
    for (const name of tokens) {
      say(`deleting ${name}`);
      await client.remove(`${secretsPath}/${encodeURIComponent(name)}`);
    }
  },
};

async function openDoors(client: KubeClient): Promise<{ rule: boolean; tokens: string[] }> {
  const [rule, tokens] = await Promise.all([client.get(autoApprovalPath), foreignTokens(client)]);
  return { rule: rule !== null, tokens };
}
