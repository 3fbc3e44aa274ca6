import { beforeEach, describe, expect, it } from 'vitest';
import { performDuty } from '../../../agent/duties/index.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { fakeHost } from '../fake-host.ts';
import { nodeObject } from '../kube/api-server.ts';
import { certificateRequest, type Names, subject, tlv } from '../kube/der.ts';
import { controlPlane } from './control-plane.ts';

const plane = await controlPlane();

describe('approving a certificate', () => {
  const collection = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  const duty = {
    type: 'approve-certificate',
    host: 'node01',
    tokenId: 'abcdef',
    until: '2026-01-01T00:00:03Z',
  } as const;
  const own: Names = [
    ['O', 'system:nodes'],
    ['CN', 'system:node:node01'],
  ];

  function request(name: string, spec: object = {}, names: Names = own, status = {}) {
    return {
      metadata: { name, resourceVersion: '3' },
      spec: {
        request: Buffer.from(certificateRequest(subject(names))).toString('base64'),
        signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
        username: 'system:bootstrap:abcdef',
        usages: ['digital signature', 'key encipherment', 'client auth'],
        ...spec,
      },
      status,
    };
  }

  const secret = '/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef';
  const minted = { muster: 'join-credential', 'muster-host': 'node01' };
  beforeEach(() => {
    const labels = minted;
    plane.api.objects.set(secret, { metadata: { name: 'bootstrap-token-abcdef', labels } });
  });

  /** What was decided, by request: the condition's type. */
  async function decide(...items: object[]) {
    plane.api.objects.set(collection, { metadata: { resourceVersion: '7' }, items });
    plane.api.hooks.push(({ method }) => (method === 'PUT' ? { status: 200 } : undefined));
    const result = await plane.perform(duty as never);
    const decisions = plane.api.requests
      .filter(({ method }) => method === 'PUT')
      .map(({ path, body }) => {
        const { conditions } = body.status as { conditions: { type: string }[] };
        return `${path.slice(collection.length + 1)} ${conditions.at(-1)?.type}`;
      });
    return { result, decisions };
  }

  it('approves the request that the host made with its own token', async () => {
    expect(await decide(request('good'))).toEqual({
      result: { outcome: 'done' },
      decisions: ['good/approval Approved'],
    });
  });

  it.each<[string, object | null]>([
    ['another host', { muster: 'join-credential', 'muster-host': 'node02' }],
    ['no host by muster', {}],
    ['the host as a control plane, while it is planned as a worker', { ...minted, 'muster-role': 'control-plane' }],
    ['a host by another tool', { 'muster-host': 'node01' }],
    ['a host, but was deleted', null],
  ])('approves nothing with a token that was minted for %s', async (_, labels) => {
    if (labels === null) plane.api.objects.delete(secret);
    else plane.api.objects.set(secret, { metadata: { name: 'bootstrap-token-abcdef', labels } });
    expect(await decide(request('good'))).toMatchObject({ result: { outcome: 'failed' }, decisions: [] });
  });

  it.each([
    ['control-plane', 'done'],
    ['worker', 'failed'],
  ])('with a token minted for a %s, a control plane’s request is %s', async (role, outcome) => {
    const name = 'bootstrap-token-abcdef';
    const labels = { muster: 'join-credential', 'muster-host': 'master02', 'muster-role': role };
    plane.api.objects.set(secret, { metadata: { name, labels } });
    const names: Names = [
      ['O', 'system:nodes'],
      ['CN', 'system:node:master02'],
    ];
    plane.api.objects.set(collection, { metadata: { resourceVersion: '7' }, items: [request('good', {}, names)] });
    plane.api.hooks.push(({ method }) => (method === 'PUT' ? { status: 200 } : undefined));
    expect(await plane.perform({ ...duty, host: 'master02' })).toMatchObject({ outcome });
  });

  it('continues from the resource version that it saw as soon as the watch reports a change', async () => {
    plane.api.objects.set(collection, { metadata: { resourceVersion: '7' }, items: [] });
    const watches: string[] = [];
    plane.api.hooks.push(({ method, path }) => {
      if (method === 'PUT') return { status: 200 };
      if (!path.includes('watch=true')) return undefined;
      watches.push(path);
      plane.api.objects.set(collection, { metadata: { resourceVersion: '8' }, items: [request('good')] });
      return { status: 200, body: { type: 'ADDED' } };
    });
    expect(await plane.perform(duty as never)).toEqual({ outcome: 'done' });
    expect(watches).toEqual([expect.stringContaining('resourceVersion=7')]);
    expect(plane.api.requests.filter(({ method, path }) => method === 'GET' && path === collection)).toHaveLength(2);
  });

  it('approves the request of a newer kubelet, which omits key encipherment', async () => {
    const { decisions } = await decide(request('good', { usages: ['digital signature', 'client auth'] }));
    expect(decisions).toEqual(['good/approval Approved']);
  });

  it.each<[string, object, Names]>([
    [
      'another node',
      {},
      [
        ['O', 'system:nodes'],
        ['CN', 'system:node:master01'],
      ],
    ],
    [
      'the administrators’ group',
      {},
      [
        ['O', 'system:masters'],
        ['CN', 'system:node:node01'],
      ],
    ],
    [
      'a second group',
      {},
      [
        ['O', 'system:nodes'],
        ['O', 'system:masters'],
        ['CN', 'system:node:node01'],
      ],
    ],
    [
      'a second name',
      {},
      [
        ['CN', 'system:node:master01'],
        ['O', 'system:nodes'],
        ['CN', 'system:node:node01'],
      ],
    ],
    [
      'a name with the host’s name as prefix',
      {},
      [
        ['O', 'system:nodes'],
        ['CN', 'system:node:node010'],
      ],
    ],
    ['another signer', { signerName: 'kubernetes.io/kube-apiserver-client' }, own],
    ['server authentication', { usages: ['digital signature', 'key encipherment', 'server auth'] }, own],
    ['no usage at all', { usages: undefined }, own],
    ['an unreadable request', { request: Buffer.from('nonsense').toString('base64') }, own],
  ])('denies a request with the host’s token for %s, and gives the reason', async (_, spec, names) => {
    const { result, decisions } = await decide(request('bad', spec, names));
    expect(new Set(decisions)).toEqual(new Set(['bad/approval Denied']));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(plane.warnings[0]).toContain('minted for node01');
  });

  it('denies a request whose extensions contain additional names', async () => {
    const extensions = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31));
    const encoded = Buffer.from(certificateRequest(subject(own), extensions)).toString('base64');
    const { decisions } = await decide(request('bad', { request: encoded }));
    expect(new Set(decisions)).toEqual(new Set(['bad/approval Denied']));
    expect(plane.warnings[0]).toContain('extensions');
  });

  it('ignores a request made with another credential, whatever its content', async () => {
    const { result, decisions } = await decide(
      request('other-token', { username: 'system:bootstrap:zzzzzz' }),
      request('renewal', { username: 'system:node:node01' }),
      request('unknown', { username: undefined }),
    );
    expect(decisions).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', message: { en: expect.stringContaining('node01') } });
  });

  it('counts an earlier approval', async () => {
    const { result, decisions } = await decide(request('good', {}, own, { conditions: [{ type: 'Approved' }] }));
    expect(result).toEqual({ outcome: 'done' });
    expect(decisions).toEqual([]);
  });

  it('does not count another client’s approval of a request that it would have denied', async () => {
    const evil: Names = [
      ['O', 'system:nodes'],
      ['CN', 'system:node:master01'],
    ];
    const { result } = await decide(request('bad', {}, evil, { conditions: [{ type: 'Approved' }] }));
    expect(result).toMatchObject({ outcome: 'failed' });
  });

  it('waits for a late request, through temporary failures and conflicts', async () => {
    let looked = 0;
    let conflicts = 0;
    plane.api.hooks.push(({ method, path }) => {
      if (method === 'PUT') return { status: conflicts++ === 0 ? 409 : 200 };
      if (path === secret) return undefined;
      looked += 1;
      return { status: 200, body: { metadata: { resourceVersion: '7' }, items: looked < 4 ? [] : [request('late')] } };
    });
    expect(await plane.perform(duty as never)).toEqual({ outcome: 'done' });
    expect(conflicts).toBe(2);
  });

  it('stops at once when its signal fires', async () => {
    plane.api.objects.set(collection, { items: [] });
    const result = await plane.perform(duty as never, AbortSignal.abort(new Error('stop')));
    expect(result).toEqual({ outcome: 'failed', message: verbatim('stop') });
  });
});

describe('labelling a Node', () => {
  const duty = {
    type: 'label-node',
    host: 'node01',
    labels: { disk: 'ssd' },
    taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  } as const;
  const path = '/api/v1/nodes/node01';

  it('adds the planned labels and taints and keeps all others', async () => {
    const others = [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule', timeAdded: '2026-01-01T00:00:00Z' }];
    const old = { key: 'dedicated', value: 'cpu', effect: 'NoSchedule' };
    plane.api.objects.set(path, nodeObject('node01', true, { taints: [old, ...others] }));
    expect(await plane.perform(duty as never)).toEqual({ outcome: 'done' });
    expect(plane.api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: {
        metadata: { labels: { disk: 'ssd' }, resourceVersion: '7' },
        spec: { taints: [...others, ...duty.taints] },
      },
    });
  });

  it('reads the Node again after a conflict', async () => {
    let patches = 0;
    plane.api.objects.set(path, nodeObject('node01', true));
    plane.api.hooks.push(({ method }) => (method === 'PATCH' ? { status: patches++ === 0 ? 409 : 200 } : undefined));
    expect(await plane.perform(duty as never)).toEqual({ outcome: 'done' });
    expect(patches).toBe(2);
  });

  it('fails when the Node does not exist', async () => {
    expect(await plane.perform(duty as never)).toEqual({
      outcome: 'failed',
      message: expect.objectContaining({ en: expect.stringContaining('node01') }),
    });
  });
});

it('a host without admin.conf cannot perform duties', async () => {
  const duty: Duty = { id: '1', type: 'delete-join-credential', tokenId: 'abcdef' };
  const { signal } = new AbortController();
  const result = await performDuty(fakeHost(), duty, { signal, assignment: plane.assignment, isKnown: () => true });
  expect(result).toMatchObject({
    outcome: 'failed',
    message: { en: expect.stringContaining('/etc/kubernetes/admin.conf') },
  });
});
