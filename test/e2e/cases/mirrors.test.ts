import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containerdHostsToml } from '../../../shared/steps/content/containerd.ts';
import { planText, problemsOf } from '../../shared/plan/plan-text.ts';
import { ensureRuntimes, runtimes } from '../support/programs.ts';
import { until } from '../support/until.ts';

let folder: string;
beforeAll(async () => {
  await ensureRuntimes();
  folder = await mkdtemp(join(tmpdir(), 'muster-mirrors-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('containerd', () => {
  const asked: string[] = [];
  const mirror = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://mirror').pathname);
    response.writeHead(404).end();
  });
  let containerd: ReturnType<typeof start>;
  const socket = () => join(folder, 'containerd.sock');
  const start = () =>
    execa(join(runtimes, 'usr/bin/containerd'), ['-c', join(folder, 'config.toml')], { reject: false });
  const ctr = (...args: string[]) => execa(join(runtimes, 'usr/bin/ctr'), ['-a', socket(), ...args], { reject: false });

  beforeAll(async () => {
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    const config = [
      'version = 2',
      `root = "${folder}/root"`,
      `state = "${folder}/state"`,
      'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
      `[grpc]\naddress = "${socket()}"`,
    ];
    await writeFile(join(folder, 'config.toml'), `${config.join('\n')}\n`);
    containerd = start();
    await until(async () => (await ctr('version')).exitCode === 0, { seconds: 10, what: 'containerd' });
  });
  afterAll(async () => {
    containerd.kill();
    await containerd;
    mirror.close();
  });

  test.each([
    ['', '/v2/library/nginx/manifests/1'],
    ['/v2/dockerhub', '/v2/dockerhub/library/nginx/manifests/1'],
    ['/v2/dockerhub/', '/v2/dockerhub/library/nginx/manifests/1'],
    ['/repository/docker', '/repository/docker/v2/library/nginx/manifests/1'],
  ])('asks a mirror with the path "%s" for %s', async (path, expected) => {
    const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}${path}`;
    const runtime = {
      name: 'containerd',
      package: '',
      registryMirrors: { 'docker.io': [url] },
      insecureRegistries: [],
    };
    const [file] = containerdHostsToml({ runtime: runtime as never });
    const hosts = join(folder, `hosts${path.replaceAll('/', '-')}`);
    await mkdir(join(hosts, basename(dirname(file?.path ?? ''))), { recursive: true });
    await writeFile(join(hosts, 'docker.io/hosts.toml'), file?.content ?? '');
    asked.length = 0;
    await ctr('images', 'pull', '--hosts-dir', hosts, 'docker.io/library/nginx:1');
    expect(asked[0]).toBe(expected);
  });
});

describe('docker', () => {
  /** What dockerd says at its start with this mirror; it ends for want of runc if the mirror is accepted. */
  async function dockerd(mirror: string): Promise<string> {
    const config = join(folder, 'daemon.json');
    await writeFile(config, JSON.stringify({ 'registry-mirrors': [mirror] }));
    const own = ['--data-root', 'data', '--exec-root', 'exec', '--pidfile', 'pid', '--host', 'unix://docker.sock'].map(
      (arg) => arg.replace(/^(unix:\/\/)?(?!-)/, `$1${folder}/`),
    );
    const args = ['--mount', '--fork', join(runtimes, 'usr/sbin/dockerd'), '--config-file', config, ...own];
    const env = { PATH: [join(runtimes, 'usr/bin'), join(runtimes, 'usr/sbin')].join(':') };
    const options = { env, extendEnv: false, reject: false, timeout: 60_000 } as const;
    return (await execa('/usr/bin/unshare', [...args, '--bridge=none', '--iptables=false'], options)).stderr;
  }
  const problems = (mirror: string) =>
    problemsOf(
      planText({
        kubernetes: { version: '1.23.0', packages: 'aliyun' },
        network: { plugin: { calico: 'v3.24.1' } },
        runtime: { name: 'docker', registryMirrors: [mirror] },
      }),
    );

  test.each([
    'https://harbor.corp.example/dockerhub',
    'https://harbor.corp.example/v2/dockerhub/',
    'https://mirror.example.com/?ns=docker.io',
    'https://me:secret@mirror.example.com',
  ])('does not start with %s, and the check refuses it', async (mirror) => {
    expect(problems(mirror)).toHaveLength(1);
    expect(await dockerd(mirror)).toMatch(/invalid mirror/);
  });

  test.each(['https://mirror.example.com', 'http://mirror.example.com:5000/'])('accepts %s', async (mirror) => {
    expect(problems(mirror)).toEqual([]);
    expect(await dockerd(mirror)).not.toMatch(/invalid mirror/);
  });
});
