import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../../shared/protocol/operation.ts';
import { certificate } from '../../agent/kube/der.ts';
import {
  addresses,
  allDone,
  cluster,
  enrolled,
  facts,
  node,
  planText,
  start,
  step,
  type TestCoordinator,
} from '../support.ts';

const { certPem } = certificate([['CN', 'kubernetes']]);
type Name = keyof typeof addresses;
const names = Object.keys(addresses) as Name[];
const bare = planText().replace(/, labels: .*\}/, '}');
const withRoles = (planes: readonly Name[]) =>
  bare.replaceAll(/name: (\S+), address: (\S+), role: [a-z-]+/g, (_, name: Name, address) => {
    return `name: ${name}, address: ${address}, role: ${planes.includes(name) ? 'control-plane' : 'worker'}`;
  });

let coordinator: TestCoordinator;
let clock: number;
let hosts: Record<Name, Awaited<ReturnType<typeof enrolled>>>;

async function boot(planes: readonly Name[]) {
  clock = Date.now();
  coordinator = await start({ planText: withRoles(planes), now: () => new Date(clock) });
  const entries = await Promise.all(names.map(async (name) => [name, await enrolled(coordinator, name)] as const));
  hosts = Object.fromEntries(entries) as typeof hosts;
  for (const name of names) await ready(name, planes.includes(name), planes[0] === name);
}
beforeEach(() => boot(names));
afterEach(() => coordinator.stop());

/** The host reports a Ready node of this role, every step done. */
async function ready(name: Name, isPlane: boolean, isFounder = false): Promise<void> {
  clock += 1000;
  const nodes = names.map((one) => ({ name: one, ready: true, version: 'v1.23.0' }));
  await hosts[name].report({
    node: { ...node(name), labels: { at: String(clock) } },
    steps: isPlane ? allDone(isFounder ? 'init' : 'join', 'control-plane') : allDone('join', 'worker'),
    cluster: isPlane ? cluster(certPem, { nodes, observedAt: new Date(clock).toISOString() }) : null,
    facts: facts({
      createdCluster: isPlane ? 'held' : 'none',
      machineId: name,
      productUuid: name,
      addresses: [{ interface: 'eth0', address: addresses[name], mac: name, family: 'ipv4' }],
    }),
  });
}

const until = (holds: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 8000, interval: 50 });

const target = async (name: Name) => (await hosts[name].target()).body;
const act = (action: string, host: Name, more: object = {}) =>
  coordinator.operator(`/v1/hosts/${host}/actions`, { body: { action, ...more } });
const operations = async (): Promise<Operation[]> => (await coordinator.operator('/v1/operations')).body;
const answer = (name: Name, id: string, body: object) =>
  coordinator.ask(`/v1/duties/${id}`, { headers: hosts[name].headers, body });

/** Whoever has duties performs the one for this host. */
async function dutyDone(type: string, host: Name, body: object = { outcome: 'done' }): Promise<Name> {
  for (const name of names) {
    const found = (await target(name)).duties?.find((duty: { host: string }) => duty.host === host);
    if (found === undefined) continue;
    expect(found).toMatchObject({ type, host });
    expect((await answer(name, found.id, body)).status).toBe(204);
    return name;
  }
  throw new Error(`no duty ${type} for ${host}`);
}
async function leaves(name: Name, what: string): Promise<void> {
  const { leave } = await target(name);
  expect(leave).toMatchObject({ what, giveUpCluster: false });
  await answer(name, leave.id, { outcome: 'done' });
}
const bootstraps = async () => Promise.all(names.map(async (name) => (await target(name)).assignment?.bootstrap));

async function goesAway(host: Name): Promise<void> {
  for (const type of ['step-aside', 'cordon-node', 'drain-node', 'remove-member', 'delete-node']) {
    expect(await dutyDone(type, host)).not.toBe(host);
  }
}

describe('one of several control planes', () => {
  it('is retired by another one: Lease, drain, etcd, Node, reset, uninstallation, Lease', async () => {
    await act('retire', 'master01');
    await goesAway('master01');
    await leaves('master01', 'reset');
    await leaves('master01', 'uninstall');
    await dutyDone('step-back', 'master01');
    expect((await operations())[0]).toMatchObject({ outcome: 'done', host: 'master01' });
    expect((await target('node01')).assignment.bootstrap).toBe('join');
  });

  it('is no member from the removal on, and whoever remains alone keeps the cluster', async () => {
    await act('retire', 'master01');
    await goesAway('master01');
    await ready('master01', true);
    await act('retire', 'node02');
    for (const type of ['step-aside', 'cordon-node', 'drain-node', 'remove-member']) await dutyDone(type, 'node02');
    expect((await target('node01')).assignment.bootstrap).toBe('init');
  });

  it('is reset and joins again, the first of the plan as any other', async () => {
    await act('reset', 'master01');
    await goesAway('master01');
    await leaves('master01', 'reset');
    expect((await target('master01')).assignment.bootstrap).toBe('join');
    expect((await target('master01')).hold).toBeUndefined();
    clock += 1000;
    await ready('master01', true);
    await dutyDone('step-back', 'master01');
    expect((await operations())[0]?.outcome).toBe('done');
    expect(await bootstraps()).toEqual(['join', 'join', 'join']);
  });

  it('is replaced: its member is removed before the new machine joins', async () => {
    expect((await act('replace', 'node01')).body.command).toMatch(/MUSTER_TOKEN=/);
    for (const type of ['step-aside', 'remove-member', 'delete-node']) await dutyDone(type, 'node01');
    hosts.node01 = await enrolled(coordinator, 'node01');
    await until(
      async () => (await operations())[0]?.parts.some(({ id, state }) => id === 'join' && state === 'working') === true,
    );
    await ready('node01', true);
    await dutyDone('step-back', 'node01');
    expect((await operations())[0]?.outcome).toBe('done');
  });

  it('waits and says why while another one is away', async () => {
    await act('reset', 'node01');
    await act('reset', 'node02');
    const message = { en: 'node01 is away', zh: 'node01 正在离开' };
    await dutyDone('step-aside', 'node02', { outcome: 'failed', message });
    const waiting = (await operations()).find(({ host }) => host === 'node02');
    expect(waiting?.parts[0]).toMatchObject({ id: 'step-aside', state: 'working', message });
    expect((await target('node02')).hold).toBeUndefined();
  });

  it('gives the Lease back when its operation is cancelled', async () => {
    await act('reset', 'node01');
    await dutyDone('step-aside', 'node01');
    await dutyDone('cordon-node', 'node01');
    await act('cancel', 'node01');
    await dutyDone('step-back', 'node01');
    await dutyDone('cordon-node', 'node01');
    expect((await operations())[0]).toMatchObject({ outcome: 'cancelled', endedAt: expect.any(String) });
  });

  it('is not removed while etcd needs it, not even with force', async () => {
    clock += 120_000;
    await ready('node01', true);
    const refusal = { status: 409, body: { code: 'quorum-needs-host' } };
    expect(await act('retire', 'node01')).toMatchObject(refusal);
    expect(await act('retire', 'node01', { force: true })).toMatchObject(refusal);
    expect((await act('reset', 'master01')).body.code).toBe('quorum-needs-host');
  });

  it('that is dropped from the plan keeps its place in the settings until it has left', async () => {
    writeFileSync(coordinator.plan, withRoles(names).replace(/ {2}- \{name: node02.*\n/, ''));
    const named = async () =>
      (await target('node01')).assignment.settings.hosts.map(({ name }: { name: Name }) => name);
    await until(async () => (await target('node02')).hold?.kind === 'unplanned');
    expect(await named()).toEqual(['master01', 'node01', 'node02']);
    await act('retire', 'node02');
    await goesAway('node02');
    expect(await named()).toEqual(['master01', 'node01']);
  });
});

describe('a plan that changes the role of a node', () => {
  const change = async (planes: readonly Name[]) => {
    writeFileSync(coordinator.plan, withRoles(planes));
    await until(async () => (await operations()).length > 0);
  };
  const converts = async (name: Name) => {
    await goesAway(name);
    await leaves(name, 'reset');
  };

  it('turns a control plane into a worker once it has left etcd and was reset', async () => {
    await change(['master01', 'node01']);
    expect((await operations())[0]).toMatchObject({ kind: 'convert', host: 'node02', by: 'cluster.yaml' });
    expect((await target('node02')).assignment.host.role).toBe('control-plane');
    await converts('node02');
    expect((await target('node02')).assignment).toMatchObject({ bootstrap: 'join', host: { role: 'worker' } });
    await ready('node02', false);
    await dutyDone('step-back', 'node02');
    expect((await operations())[0]?.outcome).toBe('done');
  });

  it('changes one node at a time', async () => {
    await change(['master01']);
    await converts('node01');
    expect((await target('node02')).assignment.host.role).toBe('control-plane');
    await ready('node01', false);
    await dutyDone('step-back', 'node01');
    await until(async () => (await operations()).some(({ host }) => host === 'node02'));
  });

  it('may be taken back, and a cancelled change does not start again', async () => {
    await change(['master01', 'node01']);
    await act('cancel', 'node02');
    await dutyDone('step-back', 'node02');
    const notices = async (): Promise<{ code: string }[]> => (await coordinator.operator('/v1/status')).body.notices;
    await until(async () => (await notices()).some(({ code }) => code === 'role-not-changed'));
    expect((await operations()).every(({ outcome }) => outcome === 'cancelled')).toBe(true);
    writeFileSync(coordinator.plan, withRoles(names));
    await until(async () => (await act('convert', 'node02')).body.code === 'role-as-planned');
  });
});

describe('a cluster with one control plane', () => {
  beforeEach(async () => {
    await coordinator.stop();
    await boot(['master01']);
  });

  it('grows: a worker leaves and joins as a control plane', async () => {
    writeFileSync(coordinator.plan, withRoles(['master01', 'node01']));
    await until(async () => (await operations()).length > 0);
    expect((await target('node01')).assignment.host.role).toBe('worker');
    await goesAway('node01');
    await leaves('node01', 'reset');
    expect((await target('node01')).assignment).toMatchObject({ bootstrap: 'join', host: { role: 'control-plane' } });
    await ready('node01', true);
    expect(await bootstraps()).toEqual(['join', 'join', 'join']);
  });

  it('ends a join in the role in which it began, then changes the role', async () => {
    hosts.node02 = await enrolled(coordinator, 'node02');
    const asking = hosts.node02.joinCredential(25);
    await until(async () => (await target('master01')).duties.length > 0);
    await dutyDone('mint-join-credential', 'node02', { outcome: 'done', token: 'abcdef.0123456789abcdef' });
    expect((await asking).status).toBe(200);
    await hosts.node02.report({ steps: [step('kubeadm-join', 'applying')] });
    writeFileSync(coordinator.plan, withRoles(['master01', 'node02']));
    const isInForce = async () => (await coordinator.operator('/v1/events')).text.includes('plan-changed');
    await until(isInForce);
    expect((await target('node02')).assignment.host.role).toBe('worker');
    // Longer than the time after which a change of a role begins.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await operations()).toEqual([]);
    await ready('node02', false);
    await until(async () => (await operations())[0]?.host === 'node02');
    expect((await target('node02')).assignment.host.role).toBe('worker');
  });

  it('does not turn its only member into a worker before another one holds the cluster', async () => {
    writeFileSync(coordinator.plan, withRoles(['node01']));
    await until(async () => (await operations()).length > 0);
    expect((await operations()).map(({ host }) => host)).toEqual(['node01']);
    expect((await act('convert', 'master01')).body.code).toBe('last-control-plane');
    await goesAway('node01');
    await leaves('node01', 'reset');
    await ready('node01', true);
    await dutyDone('step-back', 'node01');
    await until(async () => (await operations()).some(({ host }) => host === 'master01'));
  });
});
