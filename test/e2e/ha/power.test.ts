import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodesSeen } from '../../faults/observe.ts';
import { bootHost, killHost } from '../../lab/hosts.ts';
import { master } from '../../lab/install.ts';
import { readyCluster } from '../support/cluster.ts';
import { hostStatus, isReady, pasteOn, preparedHost } from '../support/induced.ts';
import { allReady, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { allMembers, hostNames, kubectlOn, masters, seenMembers, threeMasters, worker } from './cluster.ts';
import { outageWithout } from './outage.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const without = (...off: string[]) => hostNames.filter((name) => !off.includes(name));
const uids = async () => [...(await nodesSeen())].map(([name, { uid }]) => [name, uid]);

/** Waits until every master's API server and member of etcd answer again, and all hosts are Ready. */
async function allBack(): Promise<void> {
  const answers = async (host: string) =>
    isDeepStrictEqual(await seenMembers(host), allMembers()) &&
    (await kubectlOn(host, 'get', '--raw', '/readyz')) === 'ok';
  const allAnswer = async () => (await Promise.all(masters.map(answers))).every(Boolean);
  await until(allAnswer, { seconds: 120, every: 500, what: 'all masters to answer' });
  await allReady();
}

beforeAll(() => readyCluster(threeMasters()));
afterEach(async () => {
  await Promise.all(hostNames.map((name) => bootHost(name)));
});

describe.each(['master03', 'master02', master])('without %s', (off) => {
  it('every other host reaches the API within 10 s, another coordinator takes over, a new worker joins', async () => {
    const before = await uids();
    const { api, muster } = await outageWithout(off, without(off));
    const list = (seconds: Map<string, number>) =>
      [...seconds].map(([host, s]) => `${s.toFixed(1)} s (${host})`).join(', ');
    say(`${off} off: last failed read of the API after ${list(api)}, of muster after ${list(muster)}`);
    for (const [host, outage] of api) expect(outage, host).toBeLessThan(10);
    // The Lease takes up to 8.2 s; the rest is the work of a machine that carries all hosts.
    for (const [host, outage] of muster) expect(outage, host).toBeLessThan(15);
    if (off !== 'master03') await timed('a new worker meanwhile', newWorker);
    await bootHost(off);
    await timed(`${off} on again`, allBack);
    const kept = (all: string[][]) => all.filter(([name]) => name !== worker);
    expect(kept(await uids())).toEqual(kept(before));
  });
});

async function newWorker(): Promise<void> {
  await preparedHost(worker);
  await pasteOn(worker);
  await isReady(worker);
}

describe('without two masters', () => {
  it('nothing is destroyed, the status says what is wrong, and all returns with them', async () => {
    const before = await uids();
    const off = masters.filter((name) => name !== master);
    await Promise.all(off.map((name) => killHost(name)));
    const health = async () => (await hostStatus(master)).findings.find(({ id }) => id === 'etcd-health');
    await until(async () => !['ok', undefined].includes((await health())?.level), {
      seconds: 60,
      what: 'the lost quorum to be shown',
    });
    say(`two masters off: ${JSON.stringify(await health())}`);
    // Long enough for an agent to do what it must not.
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    await Promise.all(off.map((name) => bootHost(name)));
    await timed('two masters on again', allBack);
    expect(await uids()).toEqual(before);
    expect(await kubectlOn(master, 'get', '--raw', '/readyz')).toBe('ok');
  });
});
