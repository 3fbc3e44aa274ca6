import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchText } from '../../../agent/machine/packages/packages.ts';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import { createSigner, type Hash, type Signer } from '../../agent/machine/packages/signer.ts';
import { type System, systems } from '../../lab/systems.ts';
import { type AptRoot, createAptRoot } from './apt-root.ts';

/** Sources of others, keys and proxies, with the real apt of each Debian release. */
const folder = '/etc/apt/sources.list.d';
const own = `${folder}/muster-kubernetes.list`;
const keyFile = '/etc/apt/keyrings/test.asc';
const at = new Date('2025-01-01T00:00:00Z');

/** What the server has, by path; and who asked for it. */
const served = new Map<string, string | Buffer>();
const asked: string[] = [];
const server = createServer((request, response) => {
  const { pathname, host } = new URL(request.url ?? '', 'http://server');
  asked.push(`${host} ${userOf(request)}`);
  const body = served.get(pathname);
  response.writeHead(body === undefined ? 404 : 200).end(body);
});
const userOf = ({ headers }: IncomingMessage) =>
  Buffer.from(headers['proxy-authorization']?.replace('Basic ', '') ?? '', 'base64').toString();

let url: string;
let work: string;
const roots = new Map<System, AptRoot>();
const rootOf = (system: System) => roots.get(system) as AptRoot;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  work = await mkdtemp(join(tmpdir(), 'muster-deb-'));
  for (const system of systems) roots.set(system, await createAptRoot(system));
});
afterAll(async () => {
  server.close().closeAllConnections();
  for (const root of roots.values()) await root.remove();
  await rm(work, { recursive: true });
});

async function packageOf(version: string): Promise<Buffer> {
  await mkdir(join(work, 'p/DEBIAN'), { recursive: true });
  const fields = { Package: 'kubeadm', Version: version, Architecture: 'all', Maintainer: 'x <x@x>', Description: 'x' };
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(join(work, 'p/DEBIAN/control'), control.join(''));
  await execa('dpkg-deb', ['-Zgzip', '-b', join(work, 'p'), join(work, 'p.deb')]);
  return readFile(join(work, 'p.deb'));
}

type Signing = Parameters<Signer['clearsigned']>[1];

/** Serves a flat repository in the server's root; `hasFile` false: the index names a file that is gone. */
async function serveRepository(
  signer: Signer,
  { signing, version = '1.23.0-00', hasFile = true }: { signing?: Signing; version?: string; hasFile?: boolean } = {},
) {
  const deb = await packageOf(version);
  const file = `kubeadm_${version}.deb`;
  await writeFile(join(work, file), deb);
  const { stdout: packages } = await execa('dpkg-scanpackages', ['--multiversion', '.'], { cwd: work });
  const index = `${packages.split('\n\n').find((stanza) => stanza.includes(file))}\n`;
  await rm(join(work, file));
  const { stdout: sum } = await execa('sha256sum', { input: index });
  const release = `Date: ${at.toUTCString()}\nSHA256:\n ${sum.split(' ')[0]} ${index.length} Packages\n`;
  served.clear();
  served.set('/Packages', index).set('/InRelease', signer.clearsigned(release, signing));
  if (hasFile) served.set(`/${file}`, deb);
}

const ownLine = () => `deb [signed-by=${keyFile}] ${url}/ /\n`;
const caseFile = (path: string) => readFile(new URL(`../../cases/${path}`, import.meta.url), 'utf8');

describe.each(systems)('on %s', (system) => {
  const signer = createSigner({ at });

  /** The planned source, and files of others. */
  async function withSources(files: Readonly<Record<string, string>>, line = ownLine()): Promise<AptRoot> {
    const root = rootOf(system);
    await root.sources({ ...files, [own]: line });
    await root.host.writeFile(keyFile, signer.publicKey);
    root.said.length = 0;
    return root;
  }

  it('the planned packages are found beside broken sources of others, which are warnings', async () => {
    await serveRepository(signer);
    const { apt, aptGet, means, said } = await withSources({
      '/etc/apt/sources.list': await caseFile('06-apt-cdrom/sources.list'),
      [`${folder}/dead.list`]: `# a comment\ndeb ${url}/gone kubernetes-xenial main\n`,
      [`${folder}/ppa.sources`]: `Types: deb\nURIs:\n ${url}/ppa\nSuites: jammy\nComponents: main\n`,
      [`${folder}/malformed.list`]: 'deb https://example.com\n<html>\n',
      [`${folder}/malformed.sources`]: 'Types: deb\nSuites: x\n\nTypes: debx\nURIs: http://x\nSuites: x\n',
      [`${folder}/one.list`]: 'deb [signed-by=/usr/share/a.gpg] https://127.0.0.1:9/docker stable main\n',
      [`${folder}/two.list`]: 'deb [signed-by=/usr/share/b.gpg] http://127.0.0.1:9/docker stable main\n',
      [`${folder}/ftp.list`]: 'deb ftp://ftp.example.net/debian x main\n',
      [`${folder}/off.sources`]: 'Enabled: no\nTypes: deb\nURIs: http://x\nSuites: x\n',
      [`${folder}/old.list.save`]: 'deb\n',
    });
    expect(await aptGet('update')).toBe(100);
    await apt.refresh(means);
    expect((await apt.offered(['kubeadm'])).get('kubeadm')).toEqual(['1.23.0-00']);
    const places = (await apt.brokenSources()).map(({ path, first }) => `${path.split('/').at(-1)}:${first}`);
    for (const place of [
      'sources.list:1',
      'dead.list:2',
      'ppa.sources:1',
      'malformed.list:1',
      'malformed.sources:1',
      'two.list:1',
      'ftp.list:1',
    ])
      expect(places).toContain(place);
    const warned = ['malformed.list:2', 'malformed.sources:4', 'one.list:1'];
    for (const place of warned) expect(said.join('\n')).toContain(`/${place} `);
    expect(places.join()).not.toMatch(/off|save|muster/);
    await apt.hold(['dpkg']);
    expect(await apt.isHeld('dpkg')).toBe(true);
    await apt.release(['dpkg']);
  });

  it('a package that the site excludes by a preference is told from one that no source has', async () => {
    await serveRepository(signer);
    const { apt, host, means } = await withSources({});
    await apt.refresh(means);
    expect(await apt.pinned(['kubeadm', 'none'])).toEqual([]);
    const pin = '/etc/apt/preferences.d/no-kubeadm';
    await host.writeFile(pin, 'Package: kubeadm\nPin: release *\nPin-Priority: -1\n');
    expect((await apt.offered(['kubeadm'])).get('kubeadm')).toEqual([]);
    expect(await apt.pinned(['kubeadm', 'none'])).toEqual(['kubeadm']);
    await host.removeTree(pin);
  });

  it.each([
    'kubernetes.list',
    'trusted.list',
    'zz-k8s.list',
    'folded.sources',
  ])('the planned repository in %s is commented out, and apt reads its files again: case 60', async (name) => {
    const source: PackageSource = {
      ...{ url: 'https://mirrors.aliyun.com/kubernetes/apt', suite: 'kubernetes-xenial', components: ['main'] },
      key: { url: '' },
    };
    const line = `deb [arch=amd64 signed-by=${keyFile}] ${source.url} kubernetes-xenial main\n`;
    const text = await caseFile(`60-apt-http-signed-by/${name}`);
    const { apt, aptGet, host } = await withSources({ [`${folder}/${name}`]: text }, line);
    // apt 3 takes an entry without a key for the other's.
    expect(await aptGet('indextargets')).toBe(system === 'debian-13' && name === 'zz-k8s.list' ? 0 : 100);
    const found = await apt.otherSources(source);
    expect(found.map(({ path }) => path)).toEqual([`${folder}/${name}`]);
    for (const { path, without } of found) await host.writeFile(path, without);
    expect(await aptGet('indextargets')).toBe(0);
    expect(await apt.otherSources(source)).toEqual([]);
  });

  it('a proxy gets its user and password, which only root can read', async () => {
    await serveRepository(signer);
    const line = `deb [signed-by=${keyFile}] http://repository.example/ /\n`;
    const { apt, host, means, mode } = await withSources({}, line);
    await host.removeTree('/var/lib/apt/lists');
    asked.length = 0;
    const proxy = url.replace('http://', 'http://svc-k8s:p%40ss%3A@');
    await apt.refresh({ ...means, proxy: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'localhost' } });
    expect(new Set(asked)).toEqual(new Set(['repository.example svc-k8s:p@ss:']));
    expect(await mode('/run/muster-agent/apt/apt.conf')).toBe(0o600);
  });

  it('an index that names a package that is gone is replaced: case 08', async () => {
    await serveRepository(signer, { version: '1.23.0-00', hasFile: false });
    const { apt, means } = await withSources({});
    await apt.refresh(means);
    const install = (version: string) => apt.install([{ name: 'kubeadm', version }], means);
    await expect(install('1.23.0-00')).rejects.toMatchObject({ code: 'packages-failed' });
    await serveRepository(signer, { version: '1.23.1-00' });
    await apt.clean();
    await apt.refresh(means);
    await install('1.23.1-00');
    expect((await apt.installed(['kubeadm'])).get('kubeadm')).toMatchObject({ version: '1.23.1-00' });
  });

  const kinds: [kind: string, key: { end?: Date; hash?: Hash }, signing: Signing][] = [
    ['of version 4', {}, {}],
    ['of version 3', {}, { version: 3 }],
    ['with SHA-1', {}, { hash: 'sha1' }],
    ['by a key with a SHA-1 self-signature', { hash: 'sha1' }, {}],
    ['by a key that has ended since', { end: new Date('2026-01-01T00:00:00Z') }, {}],
  ];
  it.each(kinds)('a signature %s is judged as apt will', async (_, key, signing) => {
    const other = createSigner({ at, ...key });
    await serveRepository(other, signing === undefined ? {} : { signing });
    const { apt, aptGet, host } = await withSources({});
    await host.writeFile(keyFile, other.publicKey);
    await host.removeTree('/var/lib/apt/lists');
    const fetchText: FetchText = async (address) => {
      const body = served.get(new URL(address).pathname);
      return body === undefined ? { state: 'missing' } : { state: 'ok', text: String(body) };
    };
    const source: PackageSource = { url: `${url}/`, suite: '/', components: [], key: { url: '' } };
    const signed = await apt.signed(source, Buffer.from(other.publicKey), fetchText, Date.now());
    const isGood = signed?.refusal === null && (signed.expires === null || signed.expires > Date.now());
    expect(isGood ? 0 : 100).toBe(await aptGet('update'));
  });
});
