import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../faults/fault.ts';
import { nodesSeen } from '../../faults/observe.ts';
import { workerFaults } from '../../faults/worker.ts';
import { hostExec } from '../../lab/hosts.ts';
import { kubectl, on } from '../../lab/install.ts';
import { workers } from '../support/cluster.ts';
import { events } from '../support/induced.ts';
import { changePlan } from '../support/plan-change.ts';
import { allWork, standing, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';

let restorePlan = async () => {};

beforeAll(async () => {
  await standing();
  restorePlan = await changePlan(({ hosts }) => {
    for (const host of hosts)
      if (workers.includes(host.name))
        Object.assign(host, { labels: { disk: 'ssd' }, taints: ['spot=yes:PreferNoSchedule'] });
  });
  await Promise.all(workers.map(carriesThePlan));
});
afterEach(() => allWork());
afterAll(() => restorePlan());

/** Asked of the cluster itself: the planned label, and the planned taint. */
async function carriesThePlan(host: string): Promise<void> {
  const columns = 'jsonpath={.metadata.labels.disk} {.spec.taints[?(@.key=="spot")].effect}';
  const carried = async () => (await kubectl('get', 'node', host, '-o', columns)) === 'ssd PreferNoSchedule';
  await until(carried, { seconds: 60, every: 300, what: `${host}’s label and taint` });
}

async function comesBack({ id, inflict }: Fault, host: string): Promise<void> {
  const back = await inflict(host, Math.random);
  await timed(`${id} (${host})`, () => until(back, { seconds: 240, every: 300, what: `${host} after: ${id}` }));
  await timed(`its label and taint (${host})`, () => carriesThePlan(host));
}

function faultNamed(name: string): Fault {
  const found = workerFaults.find(({ id }) => id === name);
  if (found === undefined) throw new Error(`there is no fault ${name}`);
  return found;
}

const withMore = ['Node deleted', 'reset, left-overs of a failed join'].map(faultNamed);
const others = workerFaults.filter((fault) => !withMore.includes(fault));
/** One on each worker, at the same time. */
const pairs = Array.from({ length: Math.ceil(others.length / 2) }, (_, index) =>
  others.slice(2 * index, 2 * index + 2),
);

it.each(
  pairs.map((pair) => [pair.map(({ id }) => id).join('; '), pair] as const),
)('a worker comes back, with its label and its taint: %s', async (_, pair) => {
  await Promise.all(pair.map((fault, index) => comesBack(fault, workers[index] ?? '')));
  expect([...(await nodesSeen()).keys()].sort()).toEqual(['master01', ...workers]);
});

it('a worker whose Node was deleted reports it and joins again', async () => {
  const since = Date.now();
  await comesBack(faultNamed('Node deleted'), 'node02');
  const told = async () =>
    (await events()).some(
      ({ host, kind, at, message }) =>
        host === 'node02' && kind === 'drift-corrected' && Date.parse(at) >= since && /node02/.test(message),
    );
  await until(told, { seconds: 60, what: 'the event' });
});

it('a rejoin removes what is left of the node’s network, and nothing that others created', async () => {
  const stale = ['KUBE-OF-YESTERDAY', 'CNI-OF-YESTERDAY', 'cali-OF-YESTERDAY'];
  for (const chain of ['OWN-CHAIN', ...stale]) {
    await on('node01', 'iptables', '-N', chain);
    await on('node01', 'iptables', '-I', 'INPUT', '-j', chain);
  }
  await comesBack(faultNamed('reset, left-overs of a failed join'), 'node01');
  const rules = await on('node01', 'iptables-save');
  for (const chain of stale) expect(rules).not.toContain(chain);
  expect(rules).toContain('-A INPUT -j OWN-CHAIN');
  expect((await hostExec('node01', ['ls', '/var/lib/cni/networks/lab/10.244.9.9'])).exitCode).not.toBe(0);
  await on('node01', 'iptables', '-D', 'INPUT', '-j', 'OWN-CHAIN');
  await on('node01', 'iptables', '-X', 'OWN-CHAIN');
});
