import { beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../shared/errors/errors.ts';
import { controlPlane } from './control-plane.ts';

const plane = await controlPlane();

const secrets = '/api/v1/namespaces/kube-system/secrets';
const clusterInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** Stands in for the controller-manager: signs cluster-info with each token that may sign, from the given read on. */
function signTokens(fromLook = 1): void {
  let looks = 0;
  plane.api.hooks.push(({ path }) => {
    if (path !== clusterInfo || ++looks < fromLook) return undefined;
    const tokens = [...plane.api.objects]
      .filter(([at]) => at.startsWith(secrets))
      .map(([, { stringData }]) => stringData);
    const signing = (tokens as Record<string, string>[]).filter((token) => token['usage-bootstrap-signing'] === 'true');
    const data = Object.fromEntries(signing.map((token) => [`jws-kubeconfig-${token['token-id']}`, 'signature']));
    return { status: 200, body: { data } };
  });
}

describe('minting a join credential', () => {
  const mint = { type: 'mint-join-credential', host: 'node01', role: 'worker', ttlSeconds: 900 } as const;
  beforeEach(() => signTokens());

  it('waits until cluster-info is signed with it', async () => {
    plane.api.hooks.length = 0;
    signTokens(3);
    expect(await plane.perform(mint)).toMatchObject({ outcome: 'done' });
    expect(plane.api.requests.filter(({ path }) => path === clusterInfo)).toHaveLength(3);
  });

  it('deletes the token when it is never signed, and says where to look', async () => {
    plane.api.hooks.length = 0;
    expect(await plane.perform(mint)).toEqual({
      outcome: 'failed',
      message: new MusterError('not-signed', { seconds: 120 }).text,
    });
    expect([...plane.api.objects.keys()]).toEqual([]);
  });

  it('deletes the token when the duty is aborted before anybody has got it', async () => {
    plane.api.hooks.length = 0;
    const aborting = new AbortController();
    plane.api.hooks.push(({ path }) => {
      if (path === clusterInfo) aborting.abort();
      return undefined;
    });
    expect(await plane.perform(mint, aborting.signal)).toMatchObject({ outcome: 'failed' });
    expect([...plane.api.objects.keys()]).toEqual([]);
  });

  it('creates a bootstrap token that authenticates until it expires', async () => {
    const result = await plane.perform(mint);
    expect(result).toMatchObject({ outcome: 'done', token: expect.stringMatching(/^[a-z0-9]{6}\.[a-z0-9]{16}$/) });
    const [id, secret] = ('token' in result ? (result.token ?? '') : '').split('.');
    expect(plane.api.objects.get(`${secrets}/bootstrap-token-${id}`)).toMatchObject({
      type: 'bootstrap.kubernetes.io/token',
      metadata: { labels: { muster: 'join-credential', 'muster-host': 'node01', 'muster-role': 'worker' } },
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

  it('first deletes the Node of that name, and no other', async () => {
    plane.api.objects.set('/api/v1/nodes/node01', {}).set('/api/v1/nodes/node02', {});
    await plane.perform(mint);
    expect([...plane.api.objects.keys()].filter((path) => path.includes('/nodes/'))).toEqual(['/api/v1/nodes/node02']);
  });

  it.each([
    'node-role.kubernetes.io/control-plane',
    'node-role.kubernetes.io/master',
  ])('is refused for the name of a control plane (%s), and deletes no Node', async (role) => {
    plane.api.objects.set('/api/v1/nodes/node01', { metadata: { name: 'node01', labels: { [role]: '' } } });
    expect(await plane.perform(mint)).toMatchObject({ outcome: 'failed' });
    expect(plane.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('creates a different token each time', async () => {
    expect(await plane.perform(mint)).not.toEqual(await plane.perform(mint));
  });

  it('reports the API server’s error', async () => {
    plane.api.hooks.push(() => ({ status: 403, body: { message: 'no' } }));
    expect(await plane.perform(mint)).toEqual({
      outcome: 'failed',
      message: expect.objectContaining({ en: expect.stringMatching(/GET.*403 no/) }),
    });
  });
});

describe('deleting a join credential', () => {
  it('succeeds when it is already gone', async () => {
    const path = '/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef';
    plane.api.objects.set(path, {});
    expect(await plane.perform({ type: 'delete-join-credential', tokenId: 'abcdef' } as never)).toEqual({
      outcome: 'done',
    });
    expect(plane.api.objects.has(path)).toBe(false);
    expect(await plane.perform({ type: 'delete-join-credential', tokenId: 'abcdef' } as never)).toEqual({
      outcome: 'done',
    });
  });
});
