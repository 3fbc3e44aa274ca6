import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, refusalOfOld } from '../../../agent/facts/docker-refusals.ts';
import { readContainerdConfig } from '../../../agent/machine/containerd-config.ts';
import { mergeContainerdToml } from '../../../agent/machine/containerd-merge.ts';
import { mergeDaemonJson } from '../../../agent/machine/daemon-json.ts';
import { withoutSwap } from '../../../agent/machine/fstab.ts';
import { hostsContent } from '../../../agent/machine/hosts-file.ts';
import { definitionOf } from '../../../shared/steps/catalogue.ts';
import { unknownHost } from '../../../shared/steps/definition.ts';
import { createDebian } from '../../lab/build/debian.ts';
import { suites, unstable } from '../../lab/systems.ts';
import { assignmentOf } from '../../shared/kubeadm/assignment.ts';

/** Files of the site, as muster edits them, given to the programs that read them. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const caseFile = (path: string) => readFile(new URL(`../../cases/${path}`, import.meta.url), 'utf8');

/** Unpacks packages of a suite; nothing is installed. Returns the folder. */
async function unpacked(suite: string, packages: readonly string[]): Promise<string> {
  const root = join(folder, suite);
  await createDebian(suite).download(packages, join(root, 'packages'));
  for (const file of await readdir(join(root, 'packages')))
    await execa('dpkg', ['-x', join(root, 'packages', file), root]);
  return root;
}
const pathOf = (root: string) => `${root}/usr/sbin:${root}/usr/bin:${process.env.PATH}`;

/** Runs a daemon until it says that it serves, or ends. Returns its output. */
async function startedOutput(root: string, program: string, args: readonly string[], serves: RegExp): Promise<string> {
  // Neither their mounts nor their own daemons must outlive them.
  const apart = ['--mount', '--mount-proc', '--pid', '--fork', '--kill-child', '--'];
  const daemon = execa('unshare', [...apart, program, ...args], {
    ...{ all: true, reject: false, timeout: 40_000, cwd: folder, env: { PATH: pathOf(root) } },
  });
  let output = '';
  daemon.all.on('data', (part) => {
    output += String(part);
    if (serves.test(output)) daemon.kill();
  });
  await daemon;
  return output;
}

const mirrors = { 'docker.io': ['https://mirror.example'] };
function editOf<T extends 'containerd-config' | 'merge-json'>(type: T) {
  const isDocker = type === 'merge-json';
  const runtime = { name: isDocker ? 'docker' : 'containerd', registryMirrors: mirrors };
  const kubernetes = isDocker ? { version: '1.23.0', packages: 'aliyun' } : { version: '1.30.2' };
  const changes = definitionOf['runtime-config'].changes(assignmentOf('node01', { runtime, kubernetes }), unknownHost);
  for (const change of changes)
    if ('edit' in change && change.edit.type === type) return change.edit as Extract<typeof change.edit, { type: T }>;
  throw new Error(`no edit of type ${type}`);
}

const cri = 'plugins."io.containerd.grpc.v1.cri"';

describe.each([
  suites['debian-11'],
  suites['debian-12'],
  suites['debian-13'],
  unstable,
])('containerd of %s', (suite) => {
  let root: string;
  beforeAll(async () => {
    root = await unpacked(suite, ['containerd']);
  }, 180_000);

  test.each([
    ['a site’s file: case 64', () => caseFile('64-containerd-toml-replaced/config.toml')],
    ['the package’s file', () => readFile(join(root, 'etc/containerd/config.toml'), 'utf8')],
    ['the file of containerd.io', async () => '# Copyright\ndisabled_plugins = ["cri"]\n'],
    ['its own defaults', async () => (await execa(join(root, 'usr/bin/containerd'), ['config', 'default'])).stdout],
    [
      'mirrors and TLS settings of the older style',
      async () =>
        `version = 2\n[${cri}.registry.mirrors.a]\nendpoint = ["https://a"]\n` +
        `[${cri}.registry.configs.b.tls]\ninsecure_skip_verify = true\n`,
    ],
  ])('loads the CRI plugin with %s', async (_, site) => {
    const registryStyle = suite === suites['debian-11'] ? 'inline' : 'folder';
    const { content } = mergeContainerdToml(await site(), { ...editOf('containerd-config'), registryStyle });
    const own = content.replace(/^(root|state|imports) *=.*$/gm, '');
    const file = join(folder, 'config.toml');
    await writeFile(file, own);
    const dump = (await execa(join(root, 'usr/bin/containerd'), ['--config', file, 'config', 'dump'])).stdout;
    expect(dump).toMatch(/sandbox(_image)? = ["']registry\.k8s\.io\/pause:3\.9["']/);
    // containerd 1.4 does not print options of runtimes.
    if (suite !== suites['debian-11']) expect(dump).toMatch(/SystemdCgroup = true/);
    const args = ['--config', file, '--root', join(folder, 'root'), '--state', join(folder, 'state')];
    const socket = join(folder, 'containerd.sock');
    const output = await startedOutput(
      root,
      'containerd',
      [...args, '--address', socket],
      /containerd successfully booted/,
    );
    expect(output).toMatch(/containerd successfully booted/);
    expect(output).not.toMatch(/failed to load plugin.*cri|invalid plugin config/);
    expect(output).toMatch(/Start (cri plugin service|subscribing containerd event)|Connect containerd service/);
  });
});

test('an import with a section of the CRI plugin takes its place in containerd 1, as is found before', async () => {
  const main = join(folder, 'main.toml');
  const imported = join(folder, 'import.toml');
  await writeFile(imported, `version = 2\n[${cri}.containerd.runtimes.kata]\nruntime_type = "io.containerd.kata.v2"\n`);
  await writeFile(main, `version = 2\nimports = ["${imported}"]\n[${cri}]\nsandbox_image = "site.example/pause:1"\n`);
  const found = await readContainerdConfig({
    readFile: (path) => readFile(path === '/etc/containerd/config.toml' ? main : path, 'utf8').catch(() => null),
    list: async () => [],
  });
  expect(found).toMatchObject({ overruledBy: [], replacedBy: [imported], missingImports: [] });
  const dump = async (suite: string) =>
    (await execa(join(folder, suite, 'usr/bin/containerd'), ['--config', main, 'config', 'dump'])).stdout;
  for (const suite of [suites['debian-11'], suites['debian-12'], suites['debian-13']])
    expect(await dump(suite)).not.toContain('site.example/pause:1');
  expect(await dump(unstable)).toContain('site.example/pause:1');
});

test('a default runtime of the site stays, and gets the systemd driver as runc does', async () => {
  const site = await caseFile('64-containerd-toml-replaced/config.toml');
  const { content } = mergeContainerdToml(site, editOf('containerd-config'));
  const file = join(folder, 'nvidia.toml');
  await writeFile(file, content);
  const program = join(folder, suites['debian-13'], 'usr/bin/containerd');
  const { stdout } = await execa(program, ['--config', file, 'config', 'dump']);
  expect(stdout).toMatch(/default_runtime_name = "nvidia"/);
  expect(stdout.match(/SystemdCgroup = true/g)).toHaveLength(2);
  expect(stdout).toMatch(/runtime_type = "io.containerd.kata.v2"/);
  expect(stdout).toMatch(/root = "\/data\/containerd"/);
  expect(stdout).toMatch(/username = "puller"/);
});

/** The first two on every release, the others on one. */
const sites: readonly (readonly [string, () => Promise<string>])[] = [
  ['syslog: case 61', () => caseFile('61-daemon-json-syslog/daemon.json')],
  [
    'registries and options',
    async () => '{"registry-mirrors": ["https://a.example/"], "exec-opts": ["native.cgroupdriver=cgroupfs"]}',
  ],
  ['fluentd', async () => '{"log-driver": "fluentd", "log-opts": {"fluentd-address": "192.0.2.9:24224"}}'],
  ['gelf', async () => '{"log-driver": "gelf", "log-opts": {"gelf-address": "udp://192.0.2.9:12201"}}'],
  ['local', async () => '{"log-driver": "local", "log-opts": {"max-size": "10m"}}'],
  ['none', async () => '{"log-driver": "none"}'],
  ['its own options of json-file', async () => '{"log-opts": {"max-size": "10m", "labels": "a"}}'],
  ['a byte order mark', async () => '\ufeff{"debug": false}'],
];

describe.each([suites['debian-12'], suites['debian-13']])('docker of %s', (suite) => {
  let root: string;
  beforeAll(async () => {
    root = await unpacked(suite, ['docker.io', 'containerd', 'runc']);
  }, 180_000);

  async function start(settings: string, ...flags: string[]): Promise<string> {
    await writeFile(join(folder, 'daemon.json'), settings);
    const state = await mkdtemp(join(folder, 'docker-'));
    const at = (name: string) => join(state, name);
    const own = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')];
    const closed = ['--iptables=false', '--ip6tables=false', '--bridge=none', '--storage-driver', 'vfs'];
    const args = ['--config-file', join(folder, 'daemon.json'), ...own, ...closed, ...flags];
    return startedOutput(root, 'dockerd', args, /API listen on/);
  }
  const socket = () => ['-H', `unix://${join(folder, 'docker.sock')}`];

  test.each(
    suite === suites['debian-12'] ? sites : sites.slice(0, 2),
  )('starts with a site’s daemon.json: %s', async (_, site) => {
    expect(await start(mergeDaemonJson(await site(), editOf('merge-json').value).content, ...socket())).toMatch(
      /API listen on/,
    );
  });

  test.each([
    { 'exec-opts': 'native.cgroupdriver=systemd' },
    { debug: 'true' },
    { mtu: '1400' },
    { 'registry-mirrors': ['m.example'] },
    { 'default-runtime': 'nvidia' },
    { 'log-level': 'verbose' },
    { 'default-gateway': 'gateway' },
    { labels: ['ssd'] },
    { 'max-download-attempts': -1 },
  ])('does not start with %j, as is said before', async (settings) => {
    const said = refusalOf(settings) ?? 'nothing';
    const text = await start(JSON.stringify(settings), ...socket());
    expect(text).not.toMatch(/API listen on/);
    // Newer releases say the same in other words.
    if (suite === suites['debian-12']) expect(text).toContain(said);
  });

  test('does not start with a mirror that has a path, if it is an old one', async () => {
    const config = { 'registry-mirrors': ['https://m.example/x'] };
    const text = await start(JSON.stringify(config), ...socket());
    if (suite === suites['debian-12']) expect(text).toContain(refusalOfOld(config));
    else expect(text).toMatch(/API listen on/);
  });

  test('does not start with options of another log driver, nor with hosts given twice', async () => {
    const mixed = { 'log-driver': 'json-file', 'log-opts': { 'max-size': '1m', 'syslog-address': 'udp://192.0.2.9' } };
    expect(await start(JSON.stringify(mixed), ...socket())).toMatch(/unknown log opt/);
    const hosts = JSON.stringify({ hosts: [`unix://${join(folder, 'docker.sock')}`] });
    expect(await start(hosts, ...socket())).toMatch(/both as a flag and in the configuration file: hosts/);
  });
});

test('the resolver returns planned addresses only: case 62', async () => {
  const block = '# muster: begin\n192.168.0.131 node01\n192.168.0.130 apiserver.demo\n# muster: end\n';
  const file = join(folder, 'hosts');
  await writeFile(file, hostsContent(await caseFile('62-hosts-case-and-stale/hosts'), { block, name: 'node01' }));
  const resolved = async (name: string) => {
    const script = 'mount --bind "$1" /etc/hosts && getent ahostsv4 "$2"';
    const { stdout } = await execa('unshare', ['--mount', 'sh', '-c', script, 'sh', file, name]);
    return [...new Set(stdout.split('\n').map((line) => line.split(/\s/)[0]))];
  };
  expect(await resolved('node01')).toEqual(['192.168.0.131']);
  expect(await resolved('Node01')).toEqual(['192.168.0.131']);
  expect(await resolved('apiserver.demo')).toEqual(['192.168.0.130']);
});

test('findmnt finds no swap, and no new problem, in the edited fstab: case 55', async () => {
  const table = await caseFile('55-pass-fstab/fstab');
  const verified = async (text: string) => {
    await writeFile(join(folder, 'fstab'), text);
    const args = ['--fstab', '--tab-file', join(folder, 'fstab'), '--noheadings', '--raw', '--output', 'TARGET,FSTYPE'];
    const { all } = await execa('findmnt', ['--verify', '--tab-file', join(folder, 'fstab')], {
      all: true,
      reject: false,
    });
    // Such as: 0 parse errors, 2 errors, 1 warning
    const counts = [...all.matchAll(/(\d+) (?:parse error|error|warning)/g)].map(([, count]) => Number(count));
    return { entries: (await execa('findmnt', args)).stdout.split('\n'), counts };
  };
  const before = await verified(table);
  const after = await verified(withoutSwap(table));
  expect(after.entries).toEqual(before.entries.filter((entry) => !entry.endsWith(' swap')));
  expect([before.counts.length, after.counts.length]).toEqual([3, 3]);
  for (const [index, count] of after.counts.entries()) expect(count).toBeLessThanOrEqual(before.counts[index] ?? 0);
});
