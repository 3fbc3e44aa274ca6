import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../../agent/host/host.ts';
import { criDockerd } from '../../../agent/steps/cri-dockerd.ts';
import { choosePackages, type PackageChoice } from '../../../agent/steps/package-choice.ts';
import { packageFormats } from '../../../shared/packages/index.ts';
import { wantedPackages } from '../../../shared/steps/content/packages.ts';
import { fakeHost } from '../../agent/fake-host.ts';
import { testContext } from '../../agent/steps/context.ts';
import { planOf } from '../../shared/plan/plan-text.ts';

/** What real apt would install is judged; cri-dockerd's archive is fetched and unpacked by real curl and tar. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-runtime-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runReal(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  const {
    exitCode = 127,
    stdout,
    stderr,
  } = await execa(program, args, { reject: false, env: { LC_ALL: 'C', ...env } });
  return { exitCode, stdout, stderr };
}

describe('apt', () => {
  const kubernetes = ['kubeadm', 'kubelet', 'kubectl'].map((name) => [name, '1.20.2-00']);
  const offers = [
    ...kubernetes,
    ...[
      ['containerd', '1.7.24~ds1-6+b4'],
      ['containerd', '2.1.4~ds2-8'],
      ['docker.io', '28.5.2+dfsg1-1'],
    ],
    ...[
      ['docker-ce', '5:29.1.0-1~debian.13~trixie'],
      ['docker-ce', '5:20.10.24~3-0~debian-bookworm'],
    ],
    ...[
      ['docker-ce-cli', '5:29.1.0-1~debian.13~trixie'],
      ['docker-ce-cli', '5:20.10.24~3-0~debian-bookworm'],
    ],
    ...[
      ['containerd.io', '1.7.27-1'],
      ['containerd.io', '1.4.13-1'],
      ['docker-cli', '28.5.2+dfsg1-1'],
    ],
    ...[
      ['cri-tools', '1.25.0-00'],
      ['cri-tools', '1.26.0-00'],
      ['cri-tools', '1.9.0-00'],
    ],
  ];
  let env: Record<string, string>;

  /** An apt of its own: a repository of these offers, and nothing installed. */
  beforeAll(async () => {
    const root = join(folder, 'apt');
    for (const name of ['lists/partial', 'cache/archives/partial', 'dpkg/updates', 'repository', 'etc']) {
      await mkdir(join(root, name), { recursive: true });
    }
    const stanza = ([name, version]: readonly string[], index: number) =>
      `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: m\nDescription: d\nFilename: ./${index}.deb\nSize: 1\nSHA256: ${'0'.repeat(64)}\n`;
    await writeFile(join(root, 'repository/Packages'), offers.map(stanza).join('\n'));
    await writeFile(join(root, 'dpkg/status'), '');
    await writeFile(join(root, 'etc/sources.list'), `deb [trusted=yes] file:${join(root, 'repository')} ./\n`);
    const settings = {
      'Dir::Etc::sourcelist': join(root, 'etc/sources.list'),
      'Dir::Etc::sourceparts': '-',
      'Dir::State::lists': join(root, 'lists'),
      'Dir::State::status': join(root, 'dpkg/status'),
      'Dir::Cache': join(root, 'cache'),
      'APT::Sandbox::User': 'root',
      'Acquire::Languages': 'none',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
    await writeFile(join(root, 'apt.conf'), lines.join(''));
    env = { APT_CONFIG: join(root, 'apt.conf'), DPKG_ADMINDIR: join(root, 'dpkg') };
    expect(await runReal('apt-get', ['update'], env)).toMatchObject({ exitCode: 0 });
  });

  function choose(runtime: Record<string, unknown>): Promise<PackageChoice> {
    const packages = { url: 'https://m/', suite: '/', key: 'https://m/key' };
    const { settings } = planOf({ kubernetes: { version: '1.20.2', packages }, runtime });
    const host = { ...fakeHost(), run: (program: string, args: readonly string[]) => runReal(program, args, env) };
    return choosePackages(host, wantedPackages(settings, 'worker', packageFormats.apt), settings);
  }

  /** What apt would do with the choice, as `NAME VERSION`. */
  async function simulated({ packages }: PackageChoice): Promise<string[]> {
    const args = packages.map(({ name, version }) => (version === null ? name : `${name}=${version}`));
    const { exitCode, stdout, stderr } = await runReal('apt-get', ['--simulate', 'install', ...args], env);
    expect(exitCode, stderr).toBe(0);
    return [...stdout.matchAll(/^Inst (\S+) \((\S+)/gm)].map(([, name, version]) => `${name} ${version}`);
  }

  test.each([
    ['containerd', '2.1.4~ds2-8', { name: 'containerd' }],
    ['docker.io', '28.5.2+dfsg1-1', { name: 'docker' }],
  ])('would install %s %s, which Kubernetes 1.20 refuses', async (name, version, runtime) => {
    const { stdout } = await runReal('apt-get', ['--simulate', 'install', name], env);
    expect(stdout).toContain(`Inst ${name} (${version}`);
    await expect(choose(runtime)).rejects.toMatchObject({ code: 'package-unsuitable', params: { name, version } });
  });

  test('installs the planned version beside a newer one', async () => {
    const inst = await simulated(await choose({ name: 'containerd', version: '1.7' }));
    expect(inst).toEqual(
      expect.arrayContaining(['containerd 1.7.24~ds1-6+b4', 'cri-tools 1.26.0-00', 'kubelet 1.20.2-00']),
    );
  });

  test('installs cri-tools that speak the CRI of an old containerd', async () => {
    const chosen = await choose({ name: 'containerd', package: 'containerd.io', version: '1.4' });
    expect(await simulated(chosen)).toEqual(expect.arrayContaining(['containerd.io 1.4.13-1', 'cri-tools 1.25.0-00']));
  });

  test('installs docker’s own packages at one version, in spite of their epoch', async () => {
    const inst = await simulated(await choose({ name: 'docker', package: 'docker-ce', version: '20.10.24' }));
    const version = '5:20.10.24~3-0~debian-bookworm';
    expect(inst).toEqual(
      expect.arrayContaining([`docker-ce ${version}`, `docker-ce-cli ${version}`, 'containerd.io 1.7.27-1']),
    );
  });
});

describe('cri-dockerd', () => {
  let server: Server;
  let url: string;

  /** A release as upstream packs it, with a program that prints its arguments. */
  beforeAll(async () => {
    await mkdir(join(folder, 'release/cri-dockerd'), { recursive: true });
    await writeFile(join(folder, 'release/cri-dockerd/cri-dockerd'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    await execa('tar', ['-C', join(folder, 'release'), '-czf', join(folder, 'release.tgz'), 'cri-dockerd']);
    const archive = await readFile(join(folder, 'release.tgz'));
    server = createServer((request, response) => {
      const found = request.url?.startsWith('/v0.4.3/cri-dockerd-0.4.3.') === true;
      response.writeHead(found ? 200 : 404).end(found ? archive : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  /** A host whose folders are below the test's, with docker 26.1. */
  async function sandbox(change: Partial<{ version: string; sha256: string }> = {}) {
    const root = await mkdtemp(join(folder, 'host-'));
    const inside = (arg: string) => arg.replace(/^\/(usr\/local\/lib|var\/lib|run)\//, `${root}$&`);
    await mkdir(join(root, 'var/lib/muster-agent'), { recursive: true });
    await mkdir(join(root, 'run/muster-agent'), { recursive: true });
    const context = testContext('cri-dockerd', {
      change(settings) {
        settings.kubernetes.version = '1.30.2';
        Object.assign(settings.runtime.criDockerd, { mirror: url, ...change });
      },
    });
    await writeFile(join(root, 'run/muster-agent/curl.conf'), '');
    for (const program of ['curl', 'tar', 'sha256sum', 'rm', 'mkdir', 'chmod', 'mv']) {
      context.host.programs[program] = (args) => runReal(program, args.map(inside));
    }
    Object.assign(context.host.programs, {
      systemctl: () => 'ActiveState=inactive\n',
      'dpkg-query': () => 'docker.io\t26.1.5+dfsg1-9\tinstall ok installed\tamd64\n',
    });
    return { context, root };
  }

  test('is fetched, unpacked and ready to run from its release’s folder', async () => {
    const { context, root } = await sandbox();
    await criDockerd.apply(context);
    const [line = ''] = /^ExecStart=.*$/m.exec(context.host.content('/etc/systemd/system/cri-docker.service')) ?? [];
    const [program = '', ...args] = line.replace('ExecStart=', '').split(' ');
    expect((await execa(join(root, program), args)).stdout).toContain('unix:///var/run/cri-dockerd.sock');
    expect((await execa('find', [root, '-name', '*.tgz', '-o', '-name', '*.new'])).stdout).toBe('');
  });

  test('with another SHA-256 than planned is not unpacked', async () => {
    const { context, root } = await sandbox({ sha256: '0'.repeat(64) });
    await expect(criDockerd.apply(context)).rejects.toMatchObject({ code: 'download-mismatch' });
    expect((await execa('find', [root, '-name', 'cri-dockerd*'])).stdout).toBe('');
  });

  test('that the mirror does not have is named', async () => {
    const { context } = await sandbox({ version: '0.9.9' });
    await expect(criDockerd.apply(context)).rejects.toMatchObject({ code: 'download-failed' });
  });
});
