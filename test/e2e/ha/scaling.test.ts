import { beforeAll, describe, expect, it } from 'vitest';
import { pasteEverywhere } from '../../lab/bring-up.ts';
import { bootHost, hostExec, labHosts, prepareDisks } from '../../lab/hosts.ts';
import { clusterStatus, kubectl, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { changePlan } from '../support/plan-change.ts';
import { allReady, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { addressOf, allMembers, apiAnswers, hostNames, masters, seenMembers, worker } from './cluster.ts';
import { callEvery100ms, type ServiceClient } from './service-client.ts';

const image = '192.168.0.1:5000/google_containers/lab-web:v1';
const added = masters.filter((name) => name !== master);

let client: ServiceClient;

/** A service of two pods on the worker, and a client that calls it through the worker's port. */
async function serve(): Promise<ServiceClient> {
  await kubectl('create', 'deployment', 'web', `--image=${image}`, '--replicas=2');
  await kubectl('expose', 'deployment', 'web', '--type=NodePort', '--port=8080');
  await kubectl('rollout', 'status', 'deployment/web', '--timeout=120s');
  const port = await kubectl('get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].nodePort}');
  const url = `http://${addressOf(worker)}:${port}/`;
  await until(async () => (await hostExec(master, ['curl', '-sf', '-m', '1', url])).exitCode === 0, {
    seconds: 60,
    what: 'the service to answer',
  });
  return callEvery100ms(url);
}

beforeAll(async () => {
  await readyCluster(labPlan({ runtime: 'containerd', hosts: 2 }));
  await prepareDisks(added, 'containerd', () => undefined);
  await Promise.all(added.map((name) => bootHost(name)));
  client = await serve();
});

describe('while a client calls a service every 100 ms', () => {
  it('one master becomes three', async () => {
    const three = labHosts(hostNames.length, masters.length);
    await changePlan((plan) => {
      plan.hosts = [...three];
    });
    await timed('one to three', async () => {
      await pasteEverywhere(added);
      await allReady();
    });
    for (const host of masters) expect(await seenMembers(host), host).toEqual(allMembers());
    for (const host of hostNames) expect(await apiAnswers(host), host).toBe(true);
  });

  it('three masters become one', async () => {
    for (const host of added.toReversed()) {
      await timed(`${host} retired`, () => on(master, 'muster', 'retire', host, '--yes'));
    }
    await changePlan((plan) => {
      plan.hosts = plan.hosts.filter(({ name }) => !added.includes(name));
    });
    const isSettled = async () =>
      (await clusterStatus()).hosts.every(({ name, phase }) => phase === (added.includes(name) ? 'retired' : 'ready'));
    await until(isSettled, { seconds: 120, what: 'the others to be Ready' });
    expect((await seenMembers(master)).map(({ name }) => name)).toEqual([master]);
    for (const host of [master, worker]) {
      const isBack = async () =>
        (await on(host, 'getent', 'ahostsv4', 'lab.muster.internal')).startsWith(addressOf(master));
      await until(isBack, { seconds: 90, what: `${host} to reach the only master directly` });
      expect(await apiAnswers(host), host).toBe(true);
    }
  });

  it('and no call fails for longer than 1 s', async () => {
    const { calls, longestGap } = await client.stop();
    process.stdout.write(`  ${calls} calls, at most ${longestGap.toFixed(2)} s between two that succeeded\n`);
    expect(longestGap).toBeLessThan(1.1);
  });
});
