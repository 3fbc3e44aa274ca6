import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, master } from '../../lab/install.ts';
import { readyCluster } from '../support/cluster.ts';
import { events } from '../support/induced.ts';
import { changePlan } from '../support/plan-change.ts';
import { timed } from '../support/recovery.ts';
import { spoilLab } from '../support/spoilt.ts';
import { until } from '../support/until.ts';
import { addressOf, apiAnswers, hostNames, kubectlOn, seenMembers, threeMasters, worker } from './cluster.ts';

/** Changes the plan so that two hosts have each other's role. */
const swap = (leaves: string, enters: string) =>
  changePlan((plan) => {
    for (const host of plan.hosts) {
      if (host.name === leaves) host.role = 'worker';
      if (host.name === enters) host.role = 'control-plane';
    }
  });

/** Waits until all hosts are Ready in these roles, and no operation is left. */
async function settled(planes: readonly string[]): Promise<void> {
  const isSettled = async () => {
    const { hosts } = await clusterStatus();
    const isAsPlanned = ({ name, role, phase }: (typeof hosts)[number]) =>
      phase === 'ready' && role === (planes.includes(name) ? 'control-plane' : 'worker');
    if (!hosts.every(isAsPlanned)) return false;
    const members = await seenMembers(planes[0] ?? master);
    return members.length === planes.length;
  };
  await until(isSettled, { seconds: 400, every: 1000, what: `${planes.join(', ')} to be the control planes` });
}

/** Taints and whether the API server runs, as Kubernetes sees the node. */
async function isControlPlane(node: string, from: string): Promise<boolean> {
  const taints = await kubectlOn(from, 'get', 'node', node, '-o', 'jsonpath={.spec.taints[*].key}');
  const pods = await kubectlOn(
    from,
    ...['get', 'pods', '-n', 'kube-system', `--field-selector=spec.nodeName=${node}`, '-o', 'name'],
  );
  const [isTainted, hasServer] = [taints.includes('node-role.kubernetes.io/'), pods.includes('kube-apiserver')];
  expect(isTainted, node).toBe(hasServer);
  return hasServer;
}

const hasCoordinator = async (host: string) =>
  (await hostExec(host, ['systemctl', 'is-active', 'muster-coordinator'])).stdout.trim() === 'active';

async function expectControlPlanes(planes: readonly string[]): Promise<void> {
  const from = planes[0] ?? master;
  const members = planes.map((name) => ({ name, peer: `https://${addressOf(name)}:2380`, isLearner: false }));
  for (const host of planes) expect(await seenMembers(host), host).toEqual(members.toSorted(byName));
  for (const host of hostNames) {
    expect(await apiAnswers(host), host).toBe(true);
    expect(await isControlPlane(host, from), host).toBe(planes.includes(host));
    expect(await hasCoordinator(host), host).toBe(planes.includes(host));
  }
}

/** Makes another coordinator than the first master's the active one. */
async function leaveToOthers(): Promise<void> {
  await hostExec(master, ['systemctl', 'restart', 'muster-coordinator']);
  const isStandby = async () => {
    // Fails until this coordinator has started; meanwhile another one gives the status, from before the restart.
    await events();
    const { coordinator } = await clusterStatus();
    return coordinator.all?.some(({ host, state }) => host === master && state === 'standby') ?? false;
  };
  await until(isStandby, { seconds: 30, every: 500, what: `the coordinator on ${master} to be a standby` });
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

beforeAll(() => readyCluster(threeMasters()));
// Other files expect muster on the first master.
afterAll(spoilLab);

describe('a change of the plan gives two hosts each other’s role', () => {
  it('a worker and a master', async () => {
    const planes = [master, 'master02', worker];
    await timed('master03 and node01', async () => {
      await swap('master03', worker);
      await settled(planes);
    });
    await expectControlPlanes(planes);
  });

  it('the first master, where the plan is edited beside a standby, and a worker', async () => {
    const planes = ['master02', 'master03', worker];
    await leaveToOthers();
    await timed('master01 and master03', async () => {
      await swap(master, 'master03');
      await settled(planes);
    });
    await expectControlPlanes(planes);
  });
});
