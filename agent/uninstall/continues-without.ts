import { MusterError } from '../../shared/errors/errors.ts';
import { createKubeClient } from '../../shared/kube/client.ts';
import { bindPort } from '../../shared/kubeadm/ports.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import { isRemovedMember } from '../etcd/removed-member.ts';
import { adminConf, readKubeconfig } from '../kube/kubeconfig.ts';
import type { StepContext } from '../steps/step.ts';

/** Whether the cluster continues without this control plane. false: it does not, or that is not known. */
export async function continuesWithout(context: StepContext): Promise<boolean> {
  if (externalEtcd(context.assignment.settings) === null) return isRemovedMember(context);
  const { host, assignment } = context;
  const { hosts } = assignment.settings;
  const others = hosts.filter(({ role, name }) => role === 'control-plane' && name !== assignment.host.name);
  const kubeconfig = await readKubeconfig(host, adminConf);
  if (kubeconfig === null) return false;
  const answers = others.map(({ address }) =>
    reads(createKubeClient({ ...kubeconfig, server: `https://${address}:${bindPort(assignment.settings)}` })),
  );
  return (await Promise.all(answers)).some(Boolean);
}

/** Whether an API server of this cluster reads from etcd. */
async function reads(client: ReturnType<typeof createKubeClient>): Promise<boolean> {
  try {
    return (await client.get('/api/v1/namespaces/kube-system')) !== null;
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
