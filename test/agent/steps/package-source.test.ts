import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageSource } from '../../../agent/steps/package-source.ts';
import { newestListed } from '../../../shared/kubeadm/fields/index.ts';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import { createSigner } from '../machine/packages/signer.ts';
import { testContext } from './context.ts';

const list = '/etc/apt/sources.list.d/muster-kubernetes.list';
const keyFile = '/etc/apt/keyrings/muster-kubernetes.asc';
const armouredKey = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';

describe('package-source', () => {
  let server: Server;
  let url: string;
  let asked = 0;
  const served: Record<string, Buffer> = {
    '/key.asc': Buffer.from(armouredKey),
    '/key.gpg': Buffer.from('98330461626364', 'hex'),
    '/page': Buffer.from('<html>'),
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      const body = served[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const withKey = (key: PackageSource['key'], files: Record<string, string> = {}) =>
    testContext('package-source', {
      files,
      change(settings) {
        settings.kubernetes.packages.key = key;
      },
    });

  it('installs the key once and signs the source with it', async () => {
    const context = withKey({ url: `${url}/key.asc` });
    expect(await packageSource.check(context)).toMatchObject({ state: 'todo' });
    await packageSource.apply(context);
    const before = asked;
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
    expect(asked).toBe(before);
    expect(context.host.content(keyFile)).toBe(armouredKey);
    expect(context.host.content(list)).toContain(
      `deb [arch=amd64 signed-by=${keyFile}] http://mirror/kubernetes kubernetes-xenial main\n`,
    );
  });

  it('armours a binary key, and recognises it afterwards', async () => {
    const context = withKey({ url: `${url}/key.gpg` });
    await packageSource.apply(context);
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
  });

  const tutorials = '/etc/apt/sources.list.d/kubernetes.list';

  it('comments out the same repository in other files, and keeps other repositories', async () => {
    const other = 'deb http://mirror/debian bookworm main';
    const ours = [
      'deb http://mirror/kubernetes/ kubernetes-xenial main',
      'deb-src [signed-by=/k] http://mirror/kubernetes kubernetes-xenial main',
    ];
    const sources =
      'Types: deb\nURIs: http://mirror/debian\nSuites: bookworm\n\nTypes: deb\nURIs: http://mirror/kubernetes\nSuites: kubernetes-xenial\n';
    const both = 'Types: deb\nURIs: http://mirror/kubernetes http://mirror/other\nSuites: kubernetes-xenial\n';
    const context = withKey(
      { armoured: armouredKey },
      {
        [tutorials]: `# by hand\n${ours.join('\n')}\n${other}\n`,
        '/etc/apt/sources.list': `${other}\n`,
        '/etc/apt/sources.list.d/k.sources': sources,
        '/etc/apt/sources.list.d/both.sources': both,
        '/etc/apt/sources.list.d/old.list.save': ours.join('\n'),
      },
    );
    await packageSource.apply(withKey({ armoured: armouredKey }));
    expect(await packageSource.check(context)).toMatchObject({ state: 'todo' });
    await packageSource.apply(context);
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
    expect(context.host.content(tutorials)).toBe(`# by hand\n# muster: ${ours[0]}\n# muster: ${ours[1]}\n${other}\n`);
    expect(context.host.content('/etc/apt/sources.list.d/k.sources')).toBe(
      'Types: deb\nURIs: http://mirror/debian\nSuites: bookworm\n\n# muster: Types: deb\n# muster: URIs: http://mirror/kubernetes\n# muster: Suites: kubernetes-xenial\n',
    );
    expect(context.host.content('/etc/apt/sources.list.d/both.sources')).toBe(
      'Types: deb\nURIs: http://mirror/other\nSuites: kubernetes-xenial\n',
    );
    expect(context.host.written).not.toContain('/etc/apt/sources.list');
    expect(context.host.written).not.toContain('/etc/apt/sources.list.d/old.list.save');
  });

  it('detects a source of the same repository that is added later', async () => {
    const context = withKey({ armoured: armouredKey });
    await packageSource.apply(context);
    await context.host.writeFile(tutorials, 'deb http://mirror/kubernetes kubernetes-xenial main\n');
    expect(await packageSource.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining(tutorials) },
    });
  });

  it('is not done when the plan names another key', async () => {
    const context = withKey({ url: `${url}/key.asc` });
    await packageSource.apply(context);
    context.assignment.settings.kubernetes.packages.key = { url: `${url}/key.gpg` };
    expect(await packageSource.check(context)).toMatchObject({ state: 'todo' });
  });

  it('accepts only a key with the planned SHA-256', async () => {
    const sha256 = createHash('sha256').update(armouredKey).digest('hex');
    await packageSource.apply(withKey({ url: `${url}/key.asc`, sha256 }));
    const other = withKey({ url: `${url}/key.gpg`, sha256 });
    await expect(packageSource.apply(other)).rejects.toMatchObject({ code: 'key-mismatch' });
    expect(other.host.written).toEqual([]);
  });

  it('takes an inline key from the plan without a download', async () => {
    const before = asked;
    const context = withKey({ armoured: armouredKey });
    await packageSource.apply(context);
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
    expect(asked).toBe(before);
  });

  it.each([
    ['/page', 'key-unreadable'],
    ['/gone', 'download-failed'],
  ])('changes nothing when the key at %s fails with %s, and points to the plan', async (path, code) => {
    const context = withKey({ url: `${url}${path}` });
    await expect(packageSource.apply(context)).rejects.toMatchObject({
      code,
      remedy: { en: expect.stringContaining('plan') },
    });
    expect(context.host.written).toEqual([]);
  });

  describe('a key that ends', () => {
    const dayMs = 86_400_000;
    /** `days`: after the host's present. */
    const keyUntil = (days: number) => {
      const at = new Date('2025-01-01T00:00:00Z');
      return createSigner({ at, end: new Date(Date.parse('2026-01-01T00:00:00Z') + days * dayMs) }).publicKey;
    };

    it('is fetched again in its last month, once a day until it is renewed', async () => {
      served['/ends'] = Buffer.from(keyUntil(40));
      const context = withKey({ url: `${url}/ends` });
      await packageSource.apply(context);
      expect(await packageSource.check(context)).toEqual({ state: 'done' });
      for (const days of [15, 1]) {
        await context.host.sleep(days * dayMs);
        expect(await packageSource.check(context)).toMatchObject({ state: 'todo' });
        await packageSource.apply(context);
        expect(await packageSource.check(context)).toEqual({ state: 'done' });
      }
      const renewed = keyUntil(400);
      served['/ends'] = Buffer.from(renewed);
      await context.host.sleep(dayMs);
      await packageSource.apply(context);
      expect(context.host.content(keyFile)).toBe(renewed);
      await context.host.sleep(dayMs);
      expect(await packageSource.check(context)).toEqual({ state: 'done' });
    });

    it('at an old minor version of a mirror is replaced by that of the newest', async () => {
      const renewed = keyUntil(400);
      served['/core:/stable:/v1.24/deb/Release.key'] = Buffer.from(keyUntil(-100));
      served[`/core:/stable:/v1.${newestListed}/deb/Release.key`] = Buffer.from(renewed);
      const context = withKey({ url: `${url}/core:/stable:/v1.24/deb/Release.key` });
      await packageSource.apply(context);
      expect(context.host.content(keyFile)).toBe(renewed);
      expect(await packageSource.check(context)).toEqual({ state: 'done' });
    });

    it('stays if the plan pins or contains it', async () => {
      const key = keyUntil(-1);
      served['/pinned'] = Buffer.from(key);
      const sha256 = createHash('sha256').update(key).digest('hex');
      for (const planned of [{ url: `${url}/pinned`, sha256 }, { armoured: key }]) {
        const context = withKey(planned);
        await packageSource.apply(context);
        expect(await packageSource.check(context)).toEqual({ state: 'done' });
      }
    });
  });
});
