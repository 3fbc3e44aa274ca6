import { BlockList } from 'node:net';
import { until } from '../e2e/support/until.ts';
import { hostExec } from '../lab/hosts.ts';
import { kubectl, on, servingMaster } from '../lab/install.ts';

/** One pod with pod networking on each worker; runs as soon as the kubelet accepts pods. */
const daemons = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'answers', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'answers' } },
    template: {
      metadata: { labels: { app: 'answers' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        tolerations: [{ operator: 'Exists' }],
        containers: [{ name: 'web', image: '192.168.0.1:5000/google_containers/lab-web:v1' }],
      },
    },
  },
};

interface Pod {
  metadata: { name: string; deletionTimestamp?: string };
  spec: { nodeName?: string };
  status: { podIP?: string };
}

/** Deploys a pod on each worker. */
export async function deployPods(): Promise<void> {
  const apply = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', 'apply', '-f', '-'];
  const { exitCode, stderr } = await hostExec(await servingMaster(), apply, { input: JSON.stringify(daemons) });
  if (exitCode !== 0) throw new Error(stderr);
}

/**
 * Waits until the pods of these hosts answer a control plane's host, each at an address in its Node's current pod
 * CIDR.
 */
export async function podsAnswer(hosts: readonly string[]): Promise<void> {
  for (const host of hosts) {
    await until(() => podAnswers(host), { seconds: 60, what: `a pod on ${host} to answer` });
  }
}

async function podAnswers(host: string): Promise<boolean> {
  const { items } = JSON.parse(await kubectl('get', 'pods', '-l', 'app=answers', '-o', 'json')) as { items: Pod[] };
  const pod = items.find(({ spec, metadata }) => spec.nodeName === host && metadata.deletionTimestamp === undefined);
  const address = pod?.status.podIP;
  if (pod === undefined || address === undefined) return false;
  const [network = '', bits] = (await kubectl('get', 'node', host, '-o', 'jsonpath={.spec.podCIDR}')).split('/');
  const range = new BlockList();
  range.addSubnet(network, Number(bits));
  if (!range.check(address)) throw new Error(`${pod.metadata.name} has ${address}, and ${host} ${network}/${bits}`);
  return (await on(await servingMaster(), 'curl', '-sf', '--max-time', '3', `http://${address}:8080/`)).includes(
    pod.metadata.name,
  );
}
