import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { performDuty } from '../../../agent/duties/index.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import { fakeHost } from '../fake-host.ts';
import { type ApiServer, nodeObject, startApiServer } from '../kube/api-server.ts';
import { certificateRequest, type Names, subject, tlv } from '../kube/der.ts';

let api: ApiServer;
const warnings: string[] = [];
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(() => api.close());
beforeEach(() => {
  api.objects.clear();
  api.hooks.length = 0;
  api.requests.length = 0;
  warnings.length = 0;
});

const now = new Date('2026-01-01T00:00:00Z');
const log = { warn: (message: string) => warnings.push(message) } as never;

function perform(duty: Omit<Duty, 'id'>, signal = new AbortController().signal) {
  const host = fakeHost({ files: { [adminConf]: api.kubeconfig() }, now });
  return performDuty(host, { ...duty, id: '1' } as Duty, signal, log);
}

const secrets = '/api/v1/namespaces/kube-system/secrets';
const clusterInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** Plays the controller-manager, which signs cluster-info with each token that may sign; from the given look at it on. */
function signTokens(fromLook = 1): void {
  let looks = 0;
  api.hooks.push(({ path }) => {
    if (path !== clusterInfo || ++looks < fromLook) return undefined;
    const tokens = [...api.objects].filter(([at]) => at.startsWith(secrets)).map(([, { stringData }]) => stringData);
    const signing = (tokens as Record<string, string>[]).filter((token) => token['usage-bootstrap-signing'] === 'true');
    const data = Object.fromEntries(signing.map((token) => [`jws-kubeconfig-${token['token-id']}`, 'signature']));
    return { status: 200, body: { data } };
  });
}

describe('minting a join credential', () => {
  const mint = { type: 'mint-join-credential', host: 'node01', ttlSeconds: 900 } as const;
  beforeEach(() => signTokens());

  it('waits until cluster-info is signed with it', async () => {
    api.hooks.length = 0;
    signTokens(3);
    expect(await perform(mint)).toMatchObject({ outcome: 'done' });
    expect(api.requests.filter(({ path }) => path === clusterInfo)).toHaveLength(3);
  });

  it('takes it back when it is never signed, and says where to look', async () => {
    api.hooks.length = 0;
    expect(await perform(mint)).toEqual({
      outcome: 'failed',
      message: expect.stringContaining('signed no join credential'),
    });
    expect([...api.objects.keys()]).toEqual([]);
  });

  it('makes a bootstrap token that authenticates for its time', async () => {
    const result = await perform(mint);
    expect(result).toMatchObject({ outcome: 'done', token: expect.stringMatching(/^[a-z0-9]{6}\.[a-z0-9]{16}$/) });
    const [id, secret] = ('token' in result ? (result.token ?? '') : '').split('.');
    expect(api.objects.get(`${secrets}/bootstrap-token-${id}`)).toMatchObject({
      type: 'bootstrap.kubernetes.io/token',
      metadata: { labels: { muster: 'join-credential' } },
      stringData: {
        description: 'muster: node01',
        'token-id': id,
        'token-secret': secret,
        expiration: '2026-01-01T00:15:00Z',
        'usage-bootstrap-authentication': 'true',
        'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
      },
    });
  });

  it('first deletes a Node of that name, and no other', async () => {
    api.objects.set('/api/v1/nodes/node01', {}).set('/api/v1/nodes/node02', {});
    await perform(mint);
    expect([...api.objects.keys()].filter((path) => path.includes('/nodes/'))).toEqual(['/api/v1/nodes/node02']);
  });

  it('makes another token each time', async () => {
    expect(await perform(mint)).not.toEqual(await perform(mint));
  });

  it('reports what the API server said', async () => {
    api.hooks.push(() => ({ status: 403, body: { message: 'no' } }));
    expect(await perform(mint)).toEqual({
      outcome: 'failed',
      message: 'the API server refused DELETE /api/v1/nodes/node01: 403 no',
    });
  });
});

describe('deleting a join credential', () => {
  it('is done also where it is gone already', async () => {
    const path = '/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef';
    api.objects.set(path, {});
    expect(await perform({ type: 'delete-join-credential', tokenId: 'abcdef' } as never)).toEqual({ outcome: 'done' });
    expect(api.objects.has(path)).toBe(false);
    expect(await perform({ type: 'delete-join-credential', tokenId: 'abcdef' } as never)).toEqual({ outcome: 'done' });
  });
});

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

  /** What was decided, by request: the condition's type. */
  async function decide(...items: object[]) {
    api.objects.set(collection, { metadata: { resourceVersion: '7' }, items });
    api.hooks.push(({ method }) => (method === 'PUT' ? { status: 200 } : undefined));
    const result = await perform(duty as never);
    const decisions = api.requests
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

  it('looks again as soon as the API server tells of a change, from the version that it saw', async () => {
    api.objects.set(collection, { metadata: { resourceVersion: '7' }, items: [] });
    const watches: string[] = [];
    api.hooks.push(({ method, path }) => {
      if (method === 'PUT') return { status: 200 };
      if (!path.includes('watch=true')) return undefined;
      watches.push(path);
      api.objects.set(collection, { metadata: { resourceVersion: '8' }, items: [request('good')] });
      return { status: 200, body: { type: 'ADDED' } };
    });
    expect(await perform(duty as never)).toEqual({ outcome: 'done' });
    expect(watches).toEqual([expect.stringContaining('resourceVersion=7')]);
    expect(api.requests.filter(({ method, path }) => method === 'GET' && path === collection)).toHaveLength(2);
  });

  it('approves a newer kubelet’s, which leaves key encipherment out', async () => {
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
      'the group of administrators',
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
      'a name that only begins like its own',
      {},
      [
        ['O', 'system:nodes'],
        ['CN', 'system:node:node010'],
      ],
    ],
    ['another signer', { signerName: 'kubernetes.io/kube-apiserver-client' }, own],
    ['serving', { usages: ['digital signature', 'key encipherment', 'server auth'] }, own],
    ['no usage at all', { usages: undefined }, own],
    ['something that can’t be read', { request: Buffer.from('nonsense').toString('base64') }, own],
  ])('denies a request with the host’s token for %s, and says so', async (_, spec, names) => {
    const { result, decisions } = await decide(request('bad', spec, names));
    expect(new Set(decisions)).toEqual(new Set(['bad/approval Denied']));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(warnings[0]).toContain('minted for node01');
  });

  it('denies a request for further names, which come as extensions', async () => {
    const extensions = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31));
    const encoded = Buffer.from(certificateRequest(subject(own), extensions)).toString('base64');
    const { decisions } = await decide(request('bad', { request: encoded }));
    expect(new Set(decisions)).toEqual(new Set(['bad/approval Denied']));
    expect(warnings[0]).toContain('extensions');
  });

  it('leaves alone what was made with another credential, whatever it says', async () => {
    const { result, decisions } = await decide(
      request('other-token', { username: 'system:bootstrap:zzzzzz' }),
      request('renewal', { username: 'system:node:node01' }),
      request('unknown', { username: undefined }),
    );
    expect(decisions).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('node01') });
  });

  it('counts an approval that was given before', async () => {
    const { result, decisions } = await decide(request('good', {}, own, { conditions: [{ type: 'Approved' }] }));
    expect(result).toEqual({ outcome: 'done' });
    expect(decisions).toEqual([]);
  });

  it('does not count somebody’s approval of a request that it would have denied', async () => {
    const evil: Names = [
      ['O', 'system:nodes'],
      ['CN', 'system:node:master01'],
    ];
    const { result } = await decide(request('bad', {}, evil, { conditions: [{ type: 'Approved' }] }));
    expect(result).toMatchObject({ outcome: 'failed' });
  });

  it('waits for a request that comes late, through hiccups and conflicts', async () => {
    let looked = 0;
    let conflicts = 0;
    api.hooks.push(({ method }) => {
      if (method === 'PUT') return { status: conflicts++ === 0 ? 409 : 200 };
      looked += 1;
      return { status: 200, body: { metadata: { resourceVersion: '7' }, items: looked < 4 ? [] : [request('late')] } };
    });
    expect(await perform(duty as never)).toEqual({ outcome: 'done' });
    expect(conflicts).toBe(2);
  });

  it('ends at once when it is told to', async () => {
    api.objects.set(collection, { items: [] });
    const result = await perform(duty as never, AbortSignal.abort(new Error('stop')));
    expect(result).toEqual({ outcome: 'failed', message: 'stop' });
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

  it('adds what is planned and keeps all else', async () => {
    const others = [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule', timeAdded: '2026-01-01T00:00:00Z' }];
    const old = { key: 'dedicated', value: 'cpu', effect: 'NoSchedule' };
    api.objects.set(path, nodeObject('node01', true, { taints: [old, ...others] }));
    expect(await perform(duty as never)).toEqual({ outcome: 'done' });
    expect(api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: {
        metadata: { labels: { disk: 'ssd' }, resourceVersion: '7' },
        spec: { taints: [...others, ...duty.taints] },
      },
    });
  });

  it('reads again when somebody else was faster', async () => {
    let patches = 0;
    api.objects.set(path, nodeObject('node01', true));
    api.hooks.push(({ method }) => (method === 'PATCH' ? { status: patches++ === 0 ? 409 : 200 } : undefined));
    expect(await perform(duty as never)).toEqual({ outcome: 'done' });
    expect(patches).toBe(2);
  });

  it('fails for a Node that is not there', async () => {
    expect(await perform(duty as never)).toEqual({ outcome: 'failed', message: 'the cluster has no Node node01' });
  });
});

it('a host without admin.conf can do no duty', async () => {
  const duty: Duty = { id: '1', type: 'delete-join-credential', tokenId: 'abcdef' };
  const result = await performDuty(fakeHost(), duty, new AbortController().signal);
  expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('/etc/kubernetes/admin.conf') });
});
