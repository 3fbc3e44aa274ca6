import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createReach } from '../../../../agent/facts/reach/reach.ts';
import { reachFactsSchema } from '../../../../shared/protocol/fact-groups.ts';
import { fakeHost } from '../../fake-host.ts';
import { sampleAssignment } from '../../samples.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const index = ['1.23.0-00', '1.22.1-00'].map(
  (version) => `Package: kubeadm\nArchitecture: amd64\nVersion: ${version}\n`,
);

const answers: Record<string, { status?: number; body?: string | Buffer; headers?: Record<string, string> }> = {
  '/apt/dists/stable/Release': {},
  '/apt/key': {},
  '/apt/dists/stable/main/binary-amd64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/apt/dists/stable/main/binary-arm64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/v2/': { status: 401 },
};

async function site() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const base = `http://${request.headers.host}`;
    const path = request.url ?? '';
    if (path.startsWith('/v2/k8s/pause/manifests/')) {
      if (request.headers.authorization === 'Bearer abc') return response.end('{}');
      response.setHeader(
        'www-authenticate',
        `Bearer realm="${base}/token",service="s",scope="repository:k8s/pause:pull"`,
      );
      response.statusCode = 401;
      return response.end();
    }
    if (path.startsWith('/token')) return response.end(JSON.stringify({ token: 'abc' }));
    const { status = 200, body = '' } = answers[path] ?? { status: 404 };
    response.statusCode = status;
    return response.end(body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return { authority: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function planFor(authority: string) {
  const sample = sampleAssignment();
  const { kubernetes, runtime } = sample.settings;
  return sampleAssignment({
    settings: {
      ...sample.settings,
      kubernetes: {
        ...kubernetes,
        imageRepository: `${authority}/k8s`,
        packages: {
          url: `http://${authority}/apt`,
          suite: 'stable',
          components: ['main'],
          key: { url: `http://${authority}/apt/key` },
        },
      },
      runtime: {
        ...runtime,
        insecureRegistries: [authority],
        registryMirrors: { 'docker.io': [`http://${authority}`] },
      },
    },
  });
}

test('finds versions, registry and image of a complete site with an anonymous token', async () => {
  const { authority, asked } = await site();
  const reach = createReach(fakeHost());
  const found = await reach(planFor(authority));
  expect(reachFactsSchema.parse(found)).toEqual(found);
  expect(found).toMatchObject({
    packageSource: { result: 'ok' },
    signingKey: { result: 'ok' },
    offeredVersions: ['1.23.0-00'],
    registry: { result: 'ok' },
    pauseImage: { result: 'ok' },
    mirrors: [{ result: 'ok' }],
  });
  const before = asked.length;
  expect(await reach(planFor(authority))).toBe(found);
  expect(asked).toHaveLength(before);
});

test('distinguishes missing resources from unreachable servers, and retries', async () => {
  const { authority, asked } = await site();
  const plan = planFor(authority);
  plan.settings.kubernetes.packages.suite = 'gone';
  plan.settings.runtime.insecureRegistries = [];
  const reach = createReach(fakeHost());
  const found = await reach(plan);
  expect(found).toMatchObject({
    packageSource: { result: 'missing', detail: 'HTTP 404' },
    offeredVersions: null,
    registry: { result: 'plain-http' },
  });
  const before = asked.length;
  await reach(plan);
  expect(asked.length).toBeGreaterThan(before);
});
