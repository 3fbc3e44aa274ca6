import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createReach } from '../../../../agent/facts/reach/reach.ts';
import { reachFactsSchema } from '../../../../shared/protocol/fact-groups.ts';
import { fakeHost } from '../../fake-host.ts';
import { createSigner, type Signer } from '../../machine/packages/signer.ts';
import { sampleAssignment } from '../../samples.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const stanza = (name: string, version: string) => `Package: ${name}\nArchitecture: amd64\nVersion: ${version}\n`;
const index = [
  ...['1.22.1-00', '1.23.0-00'].map((version) => stanza('kubeadm', version)),
  ...['1.9.0-00', '1.26.0-00', '1.25.0-00'].map((version) => stanza('cri-tools', version)),
];
const docker = ['5:20.10.24~3-0~debian-bookworm', '5:29.1.0-1~debian.12~bookworm'].map((version) =>
  stanza('docker-ce', version),
);

const answers: Record<string, { status?: number; body?: string | Buffer; headers?: Record<string, string> }> = {
  '/apt/dists/stable/Release': {},
  '/apt/key': {},
  '/apt/dists/stable/main/binary-amd64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/apt/dists/stable/main/binary-arm64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/docker/linux/debian/dists/bookworm/Release': {},
  '/docker/linux/debian/dists/bookworm/stable/binary-amd64/Packages.gz': { body: gzipSync(docker.join('\n')) },
  '/docker/linux/debian/dists/bookworm/stable/binary-arm64/Packages.gz': { body: gzipSync(docker.join('\n')) },
  '/v2/': { status: 401 },
};

const os = { id: 'debian', versionId: '12', prettyName: '' };

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
  const found = await reach(planFor(authority), os);
  expect(reachFactsSchema.parse(found)).toEqual(found);
  expect(found).toMatchObject({
    packageSource: { result: 'ok' },
    signingKey: { result: 'ok' },
    offeredVersions: ['1.23.0-00'],
    registry: { result: 'ok' },
    pauseImage: { result: 'ok' },
    mirrors: [{ result: 'ok' }],
    runtimeSource: null,
    offers: { 'cri-tools': ['1.26.0-00', '1.25.0-00', '1.9.0-00'] },
  });
  const before = asked.length;
  expect(await reach(planFor(authority), os)).toBe(found);
  expect(asked).toHaveLength(before);
});

test('distinguishes a missing resource from a registry without TLS, and asks again', async () => {
  const { authority, asked } = await site();
  const plan = planFor(authority);
  plan.settings.kubernetes.packages.suite = 'gone';
  plan.settings.runtime.insecureRegistries = [];
  const reach = createReach(fakeHost());
  const found = await reach(plan, os);
  expect(found).toMatchObject({
    packageSource: { result: 'missing', detail: 'HTTP 404' },
    offeredVersions: null,
    registry: { result: 'plain-http' },
  });
  const before = asked.length;
  await reach(plan, os);
  expect(asked.length).toBeGreaterThan(before);
});

test('looks again at a source whose key has ended, until it is renewed', async () => {
  const { authority, asked } = await site();
  const reach = createReach(fakeHost());
  const serve = ({ publicKey, clearsigned }: Signer) => {
    answers['/apt/key'] = { body: publicKey };
    answers['/apt/dists/stable/InRelease'] = { body: clearsigned('Suite: stable\n') };
  };
  const at = new Date('2020-01-01');
  serve(createSigner({ at, end: new Date('2020-06-01') }));
  expect((await reach(planFor(authority), os)).signed?.kubernetes?.expires?.day).toBe('2020-06-01');
  serve(createSigner({ at }));
  const found = await reach(planFor(authority), os);
  expect(found.signed?.kubernetes).toEqual({ isKnown: true, expires: null, refusal: null });
  const before = asked.length;
  expect(await reach(planFor(authority), os)).toBe(found);
  expect(asked).toHaveLength(before);
});

test('lists the runtime versions of a planned source, newest first', async () => {
  const { authority } = await site();
  const plan = planFor(authority);
  const packages = { url: `http://${authority}/docker`, suite: null, components: [], key: null };
  Object.assign(plan.settings.runtime, { name: 'docker', package: 'docker-ce', packages });
  expect(await createReach(fakeHost())(plan, os)).toMatchObject({
    runtimeSource: { result: 'ok' },
    offers: { 'docker-ce': ['5:29.1.0-1~debian.12~bookworm', '5:20.10.24~3-0~debian-bookworm'] },
  });
});

test('lists the runtime versions of the host’s own sources, if their indexes are there', async () => {
  const { authority } = await site();
  const policy =
    'containerd:\n  Installed: (none)\n  Candidate: 1.6.20~ds1-1+b1\n  Version table:\n     1.6.20~ds1-1+b1 500\n';
  const host = fakeHost({
    files: { '/var/lib/apt/lists/mirror_debian_dists_bookworm_main_binary-amd64_Packages.lz4': '' },
    programs: { 'apt-cache': () => policy },
  });
  expect((await createReach(host)(planFor(authority), os)).offers?.containerd).toEqual(['1.6.20~ds1-1+b1']);
});
