import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageSource } from '../../../agent/steps/package-source.ts';
import { packages } from '../../../agent/steps/packages.ts';
import { armoured } from '../../../agent/steps/pgp-armour.ts';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import { testContext } from './context.ts';

const list = '/etc/apt/sources.list.d/muster-kubernetes.list';
const keyFile = '/etc/apt/keyrings/muster-kubernetes.asc';
const armouredKey = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';

describe('the armour of a key', () => {
  it('is what gpg makes of the same bytes', () => {
    expect(armoured(Buffer.from('98330461626364', 'hex'))?.split('\n')).toEqual([
      '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      '',
      'mDMEYWJjZA==',
      '=GoWo',
      '-----END PGP PUBLIC KEY BLOCK-----',
      '',
    ]);
  });

  it('of an armoured key is the key, without what stands around it', () => {
    expect(armoured(Buffer.from(`hello\r\n${armouredKey.replaceAll('\n', '\r\n')}bye`))).toBe(armouredKey);
  });

  it.each(['', '<html>not found</html>', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAA'])('of %j is refused', (text) => {
    expect(armoured(Buffer.from(text))).toBeNull();
  });
});

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

  const withKey = (key: PackageSource['key']) =>
    testContext('package-source', {
      change(settings) {
        settings.kubernetes.packages.key = key;
      },
    });

  it('gets the key once and signs the source with it', async () => {
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

  it('armours a key that comes binary, and knows it again', async () => {
    const context = withKey({ url: `${url}/key.gpg` });
    await packageSource.apply(context);
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
  });

  it('is to be done again when the plan names another key', async () => {
    const context = withKey({ url: `${url}/key.asc` });
    await packageSource.apply(context);
    context.assignment.settings.kubernetes.packages.key = { url: `${url}/key.gpg` };
    expect(await packageSource.check(context)).toMatchObject({ state: 'todo' });
  });

  it('takes the key that has the planned SHA-256 and no other', async () => {
    const sha256 = createHash('sha256').update(armouredKey).digest('hex');
    await packageSource.apply(withKey({ url: `${url}/key.asc`, sha256 }));
    const other = withKey({ url: `${url}/key.gpg`, sha256 });
    await expect(packageSource.apply(other)).rejects.toMatchObject({ code: 'key-mismatch' });
    expect(other.host.written).toEqual([]);
  });

  it('takes a key out of the plan without asking anybody', async () => {
    const before = asked;
    const context = withKey({ armoured: armouredKey });
    await packageSource.apply(context);
    expect(await packageSource.check(context)).toEqual({ state: 'done' });
    expect(asked).toBe(before);
  });

  it.each([
    ['/page', 'key-unreadable'],
    ['/gone', 'download-failed'],
  ])('changes nothing when %s is what the plan names', async (path, code) => {
    const context = withKey({ url: `${url}${path}` });
    await expect(packageSource.apply(context)).rejects.toMatchObject({ code, remedy: expect.stringContaining('plan') });
    expect(context.host.written).toEqual([]);
  });
});

describe('packages', () => {
  const names = ['kubeadm', 'kubelet', 'kubectl'];
  const madison = (...versions: string[]) =>
    names
      .flatMap((name) => versions.map((version) => ` ${name} | ${version} | http://mirror/kubernetes main`))
      .join('\n');

  function aptHost(
    options: { installed?: Record<string, string>; offered?: string[]; files?: Record<string, string> } = {},
  ) {
    const installed = new Map(Object.entries(options.installed ?? {}));
    const held = new Set<string>();
    const context = testContext('packages', options.files === undefined ? {} : { files: options.files });
    Object.assign(context.host.programs, {
      'dpkg-query': (args: readonly string[]) => {
        if (args.length === 3)
          return [...installed.keys()]
            .filter(Boolean)
            .map((name) => `${name}\tinstalled\n`)
            .join('');
        const found = args.slice(3).filter((name) => installed.has(name));
        const lines = found.map(
          (name) => `${name}\t${installed.get(name)}\t${held.has(name) ? 'hold' : 'install'} ok installed`,
        );
        return { exitCode: found.length === args.length - 3 ? 0 : 1, stdout: lines.join('\n') };
      },
      find: () => (installed.size === 0 ? '' : '/etc/made-by-packages\t1\n'),
      'apt-cache': () => madison(...(options.offered ?? ['1.21.0-00', '1.20.2-01', '1.20.2-00', '1.20.20-00'])),
      'apt-get': (args: readonly string[]) => {
        if (args[0] !== 'install') return;
        if (!installed.has('docker.io')) installed.set('docker.io', '20.10');
        for (const [, name = '', version = ''] of args.map((arg) => /^(\w+)=(.+)$/.exec(arg) ?? []))
          installed.set(name, version);
      },
      'apt-mark': (args: readonly string[]) => args.slice(1).forEach((name) => void held.add(name)),
    });
    return context;
  }

  it('waits for the host that installs first', async () => {
    const context = aptHost();
    context.assignment.installsAfter = 'master01';
    expect(await packages.check(context)).toMatchObject({
      state: 'waiting',
      message: expect.stringContaining('master01'),
    });
    context.assignment.installsAfter = null;
    expect(await packages.check(context)).toMatchObject({ state: 'todo' });
  });

  it('installs the newest revision of the planned version, all at once, and holds it', async () => {
    const context = aptHost();
    expect(await packages.check(context)).toMatchObject({
      state: 'todo',
      message: 'not installed: docker.io, kubeadm, kubelet, kubectl',
    });
    await packages.apply(context);
    expect(await packages.check(context)).toEqual({ state: 'done' });
    const installs = context.host.calls.filter(({ args }) => args[0] === 'install');
    expect(installs).toHaveLength(1);
    expect(installs[0]).toMatchObject({ as: 'packages', env: { DEBIAN_FRONTEND: 'noninteractive' } });
    expect(installs[0]?.args.slice(-4)).toEqual(['docker.io', ...names.map((name) => `${name}=1.20.2-01`)]);
  });

  it('installs the revision that the plan pins', async () => {
    const context = aptHost();
    context.assignment.settings.kubernetes.packageVersion = '1.20.2-00';
    await packages.apply(context);
    expect(context.host.lines().join('\n')).toContain('kubeadm=1.20.2-00');
  });

  it('says what the source offers when it has not the planned version, and installs nothing', async () => {
    const context = aptHost({ offered: ['1.28.0-1.1'] });
    await expect(packages.apply(context)).rejects.toMatchObject({
      code: 'version-unavailable',
      message: expect.stringContaining('it offers 1.28.0-1.1'),
    });
    expect(context.host.calls.some(({ args }) => args[0] === 'install')).toBe(false);
  });

  it('that are there but not held are to be done', async () => {
    const installed = { 'docker.io': '20', kubeadm: '1.20.2-00', kubelet: '1.20.2-00', kubectl: '1.20.2-00' };
    expect(await packages.check(aptHost({ installed }))).toMatchObject({
      message: expect.stringContaining('not held'),
    });
  });

  it('that only lack their holds are held, and nothing is installed', async () => {
    const installed = { 'docker.io': '20', kubeadm: '1.20.2-00', kubelet: '1.20.2-00', kubectl: '1.20.2-00' };
    const context = aptHost({ installed });
    await packages.apply(context);
    expect(await packages.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines().filter((line) => line.startsWith('apt-get'))).toEqual([]);
    expect(context.host.remembered).toContain('folder /etc/cni');
  });

  it('that were upgraded behind muster’s back are put back to the version that it had installed', async () => {
    const context = aptHost({ files: { '/etc/kubernetes/kubelet.conf': 'x' } });
    await packages.apply(context);
    await context.host.run('apt-get', ['install', 'kubelet=1.21.0-00']);
    expect(await packages.check(context)).toMatchObject({
      state: 'todo',
      message: expect.stringContaining('kubelet 1.21.0-00'),
    });
    context.assignment.settings.kubernetes.version = '1.22.0';
    expect(await packages.check(context), 'the plan has changed').toMatchObject({ state: 'waiting' });
  });

  it('record what was there before, and what they have brought', async () => {
    const context = aptHost({ installed: { bash: '5' } });
    await packages.apply(context);
    expect(context.host.remembered).toEqual(
      expect.arrayContaining(['unit docker.service', 'unit kubelet.service', 'hold kubeadm', 'folder /etc/kubernetes']),
    );
    expect(JSON.parse(context.host.content('/var/lib/muster-agent/package-changes.json'))).toMatchObject({
      packages: ['docker.io', ...names].sort(),
      version: '1.20.2-01',
    });
  });

  it('are never changed to another version under a Node', async () => {
    const installed = { 'docker.io': '20', kubeadm: '1.19.0-00', kubelet: '1.19.0-00', kubectl: '1.19.0-00' };
    expect(await packages.check(aptHost({ installed }))).toMatchObject({ state: 'todo' });
    const node = aptHost({ installed, files: { '/etc/kubernetes/kubelet.conf': 'x' } });
    expect(await packages.check(node)).toMatchObject({
      state: 'waiting',
      message: expect.stringContaining('1.19.0-00'),
    });
  });

  it('adopts the installation that an earlier agent started', async () => {
    const context = aptHost();
    context.host.units.set('packages', { state: 'running', result: { exitCode: 0, tail: ['Setting up kubeadm'] } });
    await packages.apply(context);
    expect(context.host.calls.some(({ program }) => program === 'apt-get')).toBe(false);
  });

  it('tries an update again that failed, also where apt only warned about the Kubernetes source', async () => {
    const context = aptHost();
    const answers = [
      { exitCode: 100, stderr: 'E: Could not get lock' },
      { stderr: 'W: Failed to fetch http://mirror/kubernetes/dists/x  Connection failed' },
      {},
    ];
    const install = context.host.programs['apt-get'];
    context.host.programs['apt-get'] = (args, options) =>
      args[0] === 'update' ? answers.shift() : install?.(args, options);
    await packages.apply(context);
    expect(answers).toEqual([]);
  });

  it('fails with apt’s own errors', async () => {
    const context = aptHost();
    context.host.programs['apt-get'] = (args) =>
      args[0] === 'install'
        ? { exitCode: 100, stdout: 'Reading…', stderr: 'E: Unable to correct problems' }
        : undefined;
    await expect(packages.apply(context)).rejects.toMatchObject({ message: 'apt: E: Unable to correct problems' });
  });

  it('first finishes what an interrupted dpkg left', async () => {
    const context = aptHost({ files: { '/var/lib/dpkg/updates/0001': '' } });
    context.host.programs.dpkg = () => '';
    await packages.apply(context);
    const lines = context.host.lines();
    const configured = lines.indexOf('dpkg --force-confold --configure -a');
    expect(configured).toBeGreaterThanOrEqual(0);
    expect(configured).toBeLessThan(lines.findIndex((line) => line.startsWith('apt-get')));
  });
});
