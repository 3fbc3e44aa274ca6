import { describe, expect, it } from 'vitest';
import { type DutiesInput, duties } from '../../../coordinator/joining/duties.ts';
import type { JoinCredentialRow } from '../../../coordinator/store/join-credentials.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import { plan } from '../plans.ts';
import { cluster, node } from '../support.ts';

const minted = Date.parse('2026-11-22T12:00:00Z');
const now = minted + 60_000;
const row: JoinCredentialRow = {
  tokenId: 'abcdef',
  host: 'node02',
  createdAt: minted,
  expiresAt: minted + 900_000,
  approvedAt: null,
};
const base: DutiesInput = {
  plan: plan(),
  now,
  mints: [],
  credentials: [],
  nodes: new Map(),
  stepsOf: () => undefined,
  cluster: null,
  isHeld: () => false,
  settled: new Map(),
};
const of = (more: Partial<DutiesInput>) => duties({ ...base, ...more });
const seen = (value: NodeFacts | null, changedAt = now) => new Map([[value?.name ?? '', { value, changedAt }]]);
/** What a control plane saw then. */
const readyAt = (at: number) =>
  cluster('', { observedAt: new Date(at).toISOString(), nodes: [{ name: 'node02', ready: true, version: '' }] });
const remove = { id: 'delete-abcdef', type: 'delete-join-credential', tokenId: 'abcdef' };

describe('duties', () => {
  it('requests a credential of 15 minutes for each admitted host', () => {
    expect(of({ mints: [{ id: 'mint-1', host: 'node02', role: 'worker' }] })).toEqual([
      { id: 'mint-1', type: 'mint-join-credential', host: 'node02', role: 'worker', ttlSeconds: 900 },
    ]);
  });

  it('requests approval for the host that the token was minted for, until the token expires', () => {
    expect(of({ credentials: [row] })).toEqual([
      {
        id: 'approve-abcdef',
        type: 'approve-certificate',
        host: 'node02',
        tokenId: 'abcdef',
        until: '2026-11-22T12:15:00.000Z',
      },
    ]);
  });

  it('requests nothing between the approval and the Ready node', () => {
    expect(of({ credentials: [{ ...row, approvedAt: now }] })).toEqual([]);
  });

  it.each<[string, Partial<DutiesInput>]>([
    ['the host reports a Ready node', { nodes: seen(node('node02')) }],
    ['the control plane sees it Ready', { credentials: [{ ...row, approvedAt: now - 1 }], cluster: readyAt(now) }],
    ['it has expired', { now: row.expiresAt }],
  ])('deletes the credential once %s', (_, more) => {
    expect(of({ credentials: [row], ...more })).toEqual([{ ...remove, endedFor: 'node02' }]);
  });

  it('deletes an older credential of the same host, and continues with the newer one', () => {
    const newer = { ...row, tokenId: 'newest', createdAt: minted + 1000 };
    expect(of({ credentials: [row, newer] })).toMatchObject([remove, { id: 'approve-newest' }]);
    expect(of({ credentials: [row, newer] })[0], 'the newer join is going on').toEqual(remove);
  });

  it.each<[string, Partial<DutiesInput>]>([
    ['the host', { nodes: seen(node('node02'), minted - 1) }],
    ['the control plane', { cluster: readyAt(minted - 1) }],
  ])('does not take a Ready node from before the rejoin, as %s saw it, for the new one', (_, more) => {
    expect(of({ credentials: [row], ...more }).map(({ id }) => id)).toEqual(['approve-abcdef']);
  });

  it('does not take another machine’s Ready node for that of a host whose certificate is not approved yet', () => {
    expect(of({ credentials: [row], cluster: readyAt(now) }).map(({ id }) => id)).toEqual(['approve-abcdef']);
  });

  const carried = {
    labels: { disk: 'ssd', other: 'x' },
    taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  };
  it.each<[string, Partial<NodeFacts>]>([
    ['lacks a label', { ...carried, labels: {} }],
    ['has another value of a label', { ...carried, labels: { disk: 'hdd' } }],
    ['lacks a taint', { ...carried, taints: [] }],
    [
      'has a taint with another effect',
      { ...carried, taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoExecute' }] },
    ],
  ])('requests labels and taints when the registered node %s', (_, more) => {
    const [duty, ...rest] = of({ nodes: seen(node('node01', more)) });
    expect(rest).toEqual([]);
    expect(duty).toMatchObject({ type: 'label-node', host: 'node01', labels: { disk: 'ssd' } });
    const settled = new Map([[duty?.id ?? '', now]]);
    expect(of({ nodes: seen(node('node01', more)), settled })).toEqual([]);
    const again = of({ nodes: seen(node('node01', more), now + 1), settled });
    expect(again, 'a Node that was reported since is another one').toEqual([duty]);
  });

  it('requests no labels when they are set, or when there is no node', () => {
    expect(of({ nodes: seen(node('node01', carried)) })).toEqual([]);
    expect(of({ nodes: new Map([['node01', { value: null, changedAt: now }]]) })).toEqual([]);
  });

  it('derives the id from the need', () => {
    const nodes = seen(node('node01'));
    const changed = plan();
    for (const host of changed.hosts) host.labels = { disk: 'nvme' };
    expect(of({ nodes })[0]?.id).toBe(of({ nodes })[0]?.id);
    expect(of({ nodes, plan: changed })[0]?.id).not.toBe(of({ nodes })[0]?.id);
  });
});
