import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answeredByHeader, localHeader, standingHeader } from '../../../shared/protocol/coordinators.ts';
import { coordinatorOn, type OneCoordinator } from '../../e2e/ha/coordinators.ts';
import { type Answer, addresses, bearer, cluster, enrolRequest, facts, planText, report, secret } from '../support.ts';
import { type Api, startApi } from './api-server.ts';
import { until } from './coordinators.ts';

/** Coordinators as processes of their own, with the Lease's real times; they share no file and no memory. */

const token = 'abcdef.0123456789abcdef';
const failed: Answer = { status: 0, headers: {}, body: null, text: '' };
const others = ['master02', 'master03'].map(
  (name, index) => `  - {name: ${name}, address: 10.77.0.${index + 2}, role: control-plane}\n`,
);
type Agent = { authorization: string };

let api: Api;
let [first, second]: OneCoordinator[] = [];
let [master, node01, node02]: Agent[] = [];
/** The one that acts, and the other one. */
let [active, other]: OneCoordinator[] = [];

const the = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not there yet');
  return value;
};
const ask = (on: OneCoordinator | undefined, path: string, agent: Agent | undefined, body?: unknown) =>
  the(on)
    .ask(path, { headers: the(agent), ...(body === undefined ? {} : { body }) })
    .catch(() => failed);
const operator = (on: OneCoordinator | undefined, path: string, body: unknown) =>
  the(on)
    .operator(path, { method: 'POST', body })
    .catch(() => failed);
const newToken = (on: OneCoordinator | undefined, host: string) => operator(on, '/v1/tokens', { host });
const mint = (on: OneCoordinator | undefined, wait = 0) => ask(on, `/v1/join-credentials?wait=${wait}`, node01, {});
const reset = (on: OneCoordinator | undefined) => operator(on, '/v1/hosts/node02/actions', { action: 'reset' });
const target = (on: OneCoordinator | undefined, agent = master) => ask(on, '/v1/target', agent);
const observed = () => ({ cluster: cluster(api.caPem) });

async function acts(who: OneCoordinator | undefined): Promise<boolean> {
  const { status, body } = await target(who);
  return status === 200 && (await newToken(who, 'master03')).status === 201 && body.assignment !== null;
}

async function untilActs(who: OneCoordinator | undefined): Promise<void> {
  for (const end = performance.now() + 60_000; !(await acts(who)); ) {
    if (performance.now() > end) throw new Error(`${who?.host} does not act`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function enrol(on: OneCoordinator | undefined, host: keyof typeof addresses): Promise<Agent> {
  const given = /muster-[\w-]+/.exec((await newToken(on, host)).body.command)?.[0] ?? '';
  const { credential, credentialSha256 } = secret();
  const body = enrolRequest({ credentialSha256, addresses: [addresses[host]] });
  expect((await the(on).ask('/v1/enrol', { body, headers: bearer(given) })).status).toBe(200);
  return bearer(credential);
}

function giveAccess({ folder, host }: OneCoordinator): void {
  const path = join(folder, 'state/kubernetes/kubeconfig');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, api.kubeconfig(host));
}

/** What the coordinator that has just taken over hears: agents send all state again. */
async function reportAll(to: OneCoordinator | undefined): Promise<void> {
  expect((await ask(to, '/v1/reports', master, report('master01', observed()))).status).toBe(204);
  for (const [name, agent] of [['node01', node01] as const, ['node02', node02] as const])
    expect((await ask(to, '/v1/reports', agent, report(name, { facts: facts() }))).status).toBe(204);
}

beforeAll(async () => {
  api = await startApi();
  [first, second] = [coordinatorOn('master01'), coordinatorOn('master02')];
  writeFileSync(join(the(first).folder, 'cluster.yaml'), planText(others.join('')));
  await the(first).start();
  master = await enrol(first, 'master01');
  node01 = await enrol(first, 'node01');
  node02 = await enrol(first, 'node02');
  await reportAll(first);
  giveAccess(the(first));
  await until(() => api.holder().startsWith('master01'), 'the hand-over', 20_000);
  the(second).takeKeys(the(first).folder);
  giveAccess(the(second));
  await the(second).start();
  await untilActs(first);
});
afterAll(async () => {
  await first?.close();
  await second?.close();
  await api?.close();
});

beforeEach(async () => {
  api.control.cut.clear();
  [active, other] = (await acts(first)) ? [first, second] : [second, first];
  await untilActs(active);
  await reportAll(active);
});

/** All that only the active coordinator may do, asked of one that was replaced. */
async function expectNoPower(of: OneCoordinator | undefined, mintId: string): Promise<void> {
  const targets = [target(of), target(of, node02)];
  const asked = [
    newToken(of, 'master03'),
    mint(of),
    reset(of),
    ask(of, `/v1/duties/${mintId}`, master, { outcome: 'done', token }),
  ];
  const answers = await Promise.all(asked);
  expect(answers.filter(isDone)).toEqual([]);
  for (const answer of (await Promise.all(targets)).filter(isDone)) {
    expect([answer.headers[standingHeader], answer.body.duties, answer.body.leave]).toEqual(['cut-off', [], undefined]);
  }
}
const isDone = ({ status }: Answer) => status >= 200 && status < 300;

/** A join that waits for its credential, and the duty that mints it. */
async function joining(on: OneCoordinator | undefined): Promise<{ asking: Promise<Answer>; id: string }> {
  const asking = mint(on, 20);
  for (let turn = 0; turn < 100; turn += 1) {
    const duties: { id: string; type: string }[] = (await target(on)).body?.duties ?? [];
    const found = duties.find(({ type }) => type === 'mint-join-credential');
    if (found !== undefined) return { asking, id: found.id };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no duty');
}

describe('of two coordinators that believe they are active, one mints, approves and resets:', () => {
  it('the active one is frozen and thawed while requests wait for it', async () => {
    const { asking, id } = await joining(active);
    the(active).freeze();
    await untilActs(other);
    await reportAll(other);
    // It cannot hear that it was replaced.
    api.control.cut.add(the(active).host);
    const waiting = expectNoPower(active, id);
    the(active).thaw();
    await waiting;
    await expectNoPower(active, id);
    api.control.cut.clear();
    expect((await asking).status).not.toBe(200);
    await expectNoPower(active, id);
    expect(await acts(other)).toBe(true);

    const again = await joining(other);
    expect(again.id).not.toBe(id);
    expect((await ask(other, `/v1/duties/${again.id}`, master, { outcome: 'done', token })).status).toBe(204);
    expect((await again.asking).body.token).toBe(token);
    const approvals = async (on: OneCoordinator | undefined) =>
      ((await target(on)).body?.duties ?? []).map((duty: { id: string }) => duty.id);
    expect(await approvals(other)).toEqual(['approve-abcdef']);
    expect(await approvals(active)).toEqual([]);
    const { body: operations } = await the(other).operator('/v1/operations');
    expect(operations, 'no reset was begun').toEqual([]);
  });

  it('the active one is killed: what it acknowledged is there, and no host joins twice', async () => {
    const before = (await the(active).operator('/v1/status')).body.hosts.map(({ name }: { name: string }) => name);
    expect((await reset(active)).status).toBe(200);
    await the(active).kill();
    await untilActs(other);
    await reportAll(other);
    const { body } = await the(other).operator('/v1/operations');
    expect(body).toMatchObject([{ kind: 'reset', host: 'node02', outcome: null }]);
    const after = (await the(other).operator('/v1/status')).body.hosts.map(({ name }: { name: string }) => name);
    expect(after).toEqual(before);
    expect((await operator(other, '/v1/hosts/node02/actions', { action: 'cancel' })).status).toBe(200);
    await the(active).start();
    await expectNoPower(active, 'none');
    expect(await acts(other)).toBe(true);
    const local = { headers: { [localHeader]: 'true' } };
    const kept = await the(active).operator('/v1/audit', local);
    expect(kept.headers[answeredByHeader]).toBe(the(active).host);
    expect(kept.body.map(({ action }: { action: string }) => action)).toContain('performAction:reset');
    const own = await the(other).operator('/v1/audit');
    expect(own.headers[answeredByHeader]).toBe(the(other).host);
    expect(own.body.map(({ action }: { action: string }) => action)).toContain('performAction:cancel');
  });

  it('the active one is cut off from the API, and serves what it knew without duties', async () => {
    api.control.cut.add(the(active).host);
    await untilActs(other);
    await reportAll(other);
    const asked = await Promise.all([newToken(active, 'master03'), mint(active), reset(active)]);
    expect(asked.filter(({ status }) => status < 400)).toEqual([]);
    const seen = await target(active);
    expect([seen.status, seen.headers[standingHeader], seen.body.duties]).toEqual([200, 'cut-off', []]);
    api.control.cut.clear();
    await expect.poll(async () => (await target(active)).status, { timeout: 20_000, interval: 300 }).toBe(421);
    expect(await acts(other)).toBe(true);
  });

  it('half of the agents do not reach the active one: the other refuses them and names it', async () => {
    const terms = api.transitions();
    for (const agent of [node01, node02]) {
      const refused = await target(other, agent);
      expect([refused.status, refused.body.code]).toEqual([421, 'not-active']);
      expect((await ask(other, '/v1/reports', agent, report('node01', { facts: facts() }))).status).toBe(421);
    }
    await expectNoPower(other, 'none');
    expect([await acts(active), api.transitions()]).toEqual([true, terms]);
    // The agents keep what was not acknowledged, and send it when they reach the active one again.
    await reportAll(active);
  });
});
