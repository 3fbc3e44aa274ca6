import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../faults/fault.ts';
import { nodesSeen } from '../faults/observe.ts';
import { workerFaults } from '../faults/worker.ts';
import { hostExec } from '../lab/hosts.ts';
import { kubectl, on } from '../lab/install.ts';
import { changePlan } from './plan-change.ts';
import { allReady, standing, timed } from './recovery.ts';
import { until } from './support.ts';

const labels = { disk: 'ssd' };
const taint = 'spot=yes:PreferNoSchedule';
let restorePlan = async () => {};

beforeAll(async () => {
  await standing();
  restorePlan = await changePlan(({ hosts }) => {
    for (const host of hosts) if (host.name !== 'master01') Object.assign(host, { labels, taints: [taint] });
  });
});
afterEach(() => allReady());
afterAll(() => restorePlan());

/** Each fault on one of the workers; two at a time. */
const pairs = Array.from({ length: Math.ceil(workerFaults.length / 2) }, (_, index) =>
  workerFaults.slice(2 * index, 2 * index + 2),
);

async function comesBack({ id, inflict }: Fault, host: string): Promise<void> {
  const back = await inflict(host, Math.random);
  await timed(`${id} (${host})`, () => until(back, { seconds: 240, every: 500, what: `${host} after: ${id}` }));
}

it.each(
  pairs.map((pair) => [pair.map(({ id }) => id).join('; '), pair] as const),
)('a worker comes back: %s', async (_, pair) => {
  await Promise.all(pair.map((fault, index) => comesBack(fault, `node0${index + 1}`)));
  const nodes = await nodesSeen();
  for (const host of ['node01', 'node02']) {
    await until(async () => (await nodesSeen()).get(host)?.labels.disk === 'ssd', {
      seconds: 60,
      what: `${host}’s labels`,
    });
    const taints = await kubectl('get', 'node', host, '-o', 'jsonpath={.spec.taints[*].key}');
    expect(taints, host).toContain('spot');
  }
  expect(nodes.size).toBe(3);
});

it('what is left of the node’s network goes with a rejoin, and nothing of anybody else', async () => {
  await on('node01', 'iptables', '-N', 'OWN-CHAIN');
  await on('node01', 'iptables', '-I', 'INPUT', '-j', 'OWN-CHAIN');
  await on('node01', 'iptables', '-N', 'KUBE-OF-YESTERDAY');
  await on('node01', 'iptables', '-I', 'INPUT', '-j', 'KUBE-OF-YESTERDAY');
  const reset = workerFaults.find(({ id }) => id === 'reset, left-overs of a failed join');
  if (reset === undefined) throw new Error('there is no such fault');
  await comesBack(reset, 'node01');
  const rules = await on('node01', 'iptables-save');
  expect(rules).not.toContain('KUBE-OF-YESTERDAY');
  expect(rules).toContain('-A INPUT -j OWN-CHAIN');
  expect((await hostExec('node01', ['ls', '/var/lib/cni/networks/lab/10.244.9.9'])).exitCode).not.toBe(0);
  await on('node01', 'iptables', '-D', 'INPUT', '-j', 'OWN-CHAIN');
  await on('node01', 'iptables', '-X', 'OWN-CHAIN');
});
