import { beforeEach, describe, expect, it } from 'vitest';
import { performDuty } from '../../../agent/duties/index.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { Duty, DutyProgress } from '../../../shared/protocol/duty.ts';
import { fakeHost } from '../fake-host.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from '../steps/context.ts';

const api = await apiServerOfFile();
let pods: Record<string, unknown>[];
let evictions: Record<string, unknown>[];
/** Pods protected by a disruption budget, each with the number of evictions that the budget still refuses. */
let budgets: Map<string, number>;

function pod(name: string, metadata: object = {}, status: object = { phase: 'Running' }) {
  return { metadata: { name, namespace: 'default', uid: `uid-${name}`, ...metadata }, status };
}

beforeEach(() => {
  pods = [];
  evictions = [];
  budgets = new Map();
  version('20');
  api.objects.set('/api/v1/nodes/node01', nodeObject('node01', true));
  api.hooks.push(({ method, path, body }) => {
    if (path.startsWith('/api/v1/pods?')) return { status: 200, body: { metadata: {}, items: pods } };
    const name = /\/pods\/([^/]+)\/eviction$/.exec(path)?.[1];
    if (method !== 'POST' || name === undefined) return undefined;
    const left = budgets.get(name) ?? 0;
    budgets.set(name, left - 1);
    const causes = [{ message: 'The disruption budget web needs 1 healthy pods and has 1 currently' }];
    const message = 'Cannot evict pod as it would violate the pod’s disruption budget.';
    if (left > 0) return { status: 429, body: { message, details: { causes } } };
    evictions.push(body);
    pods = pods.filter((one) => (one.metadata as { name: string }).name !== name);
    return { status: 201, body: {} };
  });
});

const version = (minor: string) => api.objects.set('/version', { major: '', minor: '', gitVersion: `v1.${minor}.2` });

async function perform(duty: object, isKnown = true) {
  const progress: DutyProgress[] = [];
  const host = fakeHost({ files: { [adminConf]: api.kubeconfig() } });
  const tell = async (news: DutyProgress) => void progress.push(news);
  const signal = AbortSignal.timeout(10_000);
  const { assignment } = testContext('kubeadm-init', { self: 'master01' });
  const means = { signal, assignment, isKnown: () => isKnown, tell };
  const result = await performDuty(host, { id: '1', host: 'node01', ...duty } as Duty, means);
  return { result, progress };
}
const drain = () => perform({ type: 'drain-node' });

describe('draining', () => {
  it('evicts ordinary pods and skips daemon set, mirror and finished pods', async () => {
    pods = [
      pod('web-1'),
      pod('daemon', { ownerReferences: [{ kind: 'DaemonSet', controller: true }] }),
      pod('etcd-node01', { annotations: { 'kubernetes.io/config.mirror': 'x' } }),
      pod('job', {}, { phase: 'Succeeded' }),
      pod('web-2', { ownerReferences: [{ kind: 'ReplicaSet', controller: true }] }),
    ];
    expect((await drain()).result).toEqual({ outcome: 'done' });
    expect(evictions.map(({ metadata }) => (metadata as { name: string }).name).sort()).toEqual(['web-1', 'web-2']);
    expect(evictions[0]).toMatchObject({ apiVersion: 'policy/v1beta1', deleteOptions: { preconditions: {} } });
  });

  it('evicts with policy/v1 where the API server supports it', async () => {
    version('22');
    pods = [pod('web-1')];
    await drain();
    expect(evictions[0]?.apiVersion).toBe('policy/v1');
  });

  it('retries until the disruption budget allows the eviction, and names the budget in the meantime', async () => {
    pods = [pod('web-1'), pod('web-2')];
    budgets.set('web-2', 3);
    const { result, progress } = await drain();
    expect(result).toEqual({ outcome: 'done' });
    expect(progress[0]).toMatchObject({ outcome: 'progress', total: 2 });
    expect(progress[1]).toMatchObject({ done: 1, total: 2, blocked: [expect.stringContaining('default/web-2')] });
    expect(progress[1]?.blocked[0]).toContain('The disruption budget web needs 1 healthy pods');
  });

  it('waits for pods to terminate', async () => {
    pods = [pod('web-1', { deletionTimestamp: '2026-01-01T00:00:00Z' })];
    let lists = 0;
    api.hooks.unshift(({ path }) => {
      if (path.startsWith('/api/v1/pods?')) lists += 1;
      if (lists === 3) pods = [];
      return undefined;
    });
    expect((await drain()).result).toEqual({ outcome: 'done' });
    expect(lists).toBe(3);
  });

  it('does not wait for pods to terminate where the kubelet that terminates them is gone', async () => {
    pods = [pod('web-1', { deletionTimestamp: '2026-01-01T00:00:00Z' })];
    api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false));
    expect((await drain()).result).toEqual({ outcome: 'done' });
    expect(evictions).toEqual([]);
  });
});

describe('cordoning and deleting', () => {
  it.each([
    'delete-node',
    'mint-join-credential',
  ])('%s spares the Node of a host that no plan has named', async (type) => {
    expect((await perform({ type, ttlSeconds: 60 }, false)).result).toMatchObject({ outcome: 'failed' });
    expect(api.objects.has('/api/v1/nodes/node01')).toBe(true);
  });

  it('cordons the Node, and succeeds when there is none', async () => {
    await perform({ type: 'cordon-node', unschedulable: true });
    const patch = api.requests.findLast(({ method }) => method === 'PATCH');
    expect(patch).toMatchObject({ path: '/api/v1/nodes/node01', body: { spec: { unschedulable: true } } });
    for (const type of ['delete-node', 'delete-node', 'cordon-node']) {
      expect((await perform({ type, unschedulable: true })).result).toEqual({ outcome: 'done' });
    }
    expect(api.objects.has('/api/v1/nodes/node01')).toBe(false);
  });
});
