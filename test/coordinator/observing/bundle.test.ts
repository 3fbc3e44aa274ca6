import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../agent/support/collect.ts';
import { supportBundle } from '../../../coordinator/cli/handlers/support-bundle.ts';
import type { Io } from '../../../coordinator/cli/terminal/io.ts';
import { supportBundle as packBundle } from '../../../coordinator/observing/bundle.ts';
import type { Collection } from '../../../shared/protocol/collection.ts';
import { fakeHost } from '../../agent/fake-host.ts';
import { enrolled, planText, removeFolder, start, type TestCoordinator, tempFolder } from '../support.ts';

const key = '5ec7e7'.repeat(10);
const pem = ['-----BEGIN RSA PRIVATE KEY-----', `MIIEplanted${key}`, '-----END RSA PRIVATE KEY-----'];
/** What must never be in a bundle, by where it was planted. */
const planted = {
  bootstrapToken: 'plantd.0123456789abcdef',
  certificateKey: 'c0ffee12'.repeat(8),
  privateKey: `MIIEplanted${key}`,
  clientKeyData: 'UGxhbnRlZENsaWVudEtleURhdGE',
  registryAuth: 'cGxhbnRlZDpwYXNzd29yZA==',
  proxyPassword: 'pr0xy-planted',
  urlToken: 'ghp-planted-in-url',
  authorization: 'cGxhbnRlZC1iYXNpYw==',
  hostCredential: 'PlantedHostCredential-0123456789_0123456789',
  setting: 'hunter2-planted',
  argument: 'planted-argument-value',
  inManifest: 'cGxhbnRlZC1pbi1tYW5pZmVzdA',
};

const files = {
  '/var/lib/muster-agent/credential.json': JSON.stringify({ host: 'node01', credential: planted.hostCredential }),
  '/var/lib/muster-agent/journal.json': `{"note": "${planted.hostCredential}"}`,
  '/run/muster-agent/kubeadm-join.yaml': `token: ${planted.bootstrapToken}\ncertificateKey: ${planted.certificateKey}\n`,
  '/etc/kubernetes/kubelet.conf': `users:\n- user:\n    client-key-data: ${planted.clientKeyData}\n`,
  '/etc/docker/daemon.json': `{"proxies": {"http-proxy": "http://u:${planted.proxyPassword}@proxy:3128"}}`,
  '/etc/containerd/config.toml': `[plugins."x".auths."r"]\n  auth = "${planted.registryAuth}"\n  password = "${planted.setting}"\n`,
  '/etc/environment': `HTTPS_PROXY=http://${planted.urlToken}@proxy:3128\nDB_PASSWORD=${planted.setting}\n`,
  '/etc/sysctl.d/99-zz-muster.conf': 'net.ipv4.ip_forward = 1\n',
  '/etc/kubernetes/manifests/x.yaml': `    - name: DB_PASSWORD\n      value: ${planted.argument}\n`,
  '/etc/hosts': '192.168.0.131 node01\n',
};
const journal = [`Authorization: Basic ${planted.authorization}`, ...pem, 'E1122 kubelet.go: something real'].join(
  '\n',
);

const host = fakeHost({ files, programs: { journalctl: () => journal, df: () => 'Filesystem Size\n' } });

/** Every file of the bundle, by name. */
function unpack(archive: string): Record<string, string> {
  const folder = tempFolder();
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = found.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1).replace(/^[^/]+\//, ''), readFileSync(path, 'utf8')];
  });
  removeFolder(folder);
  return Object.fromEntries(texts);
}

function expectNoSecret(texts: Record<string, string>): void {
  const all = Object.values(texts).join('\n');
  for (const [where, secret] of Object.entries(planted)) expect(all, where).not.toContain(secret);
}

describe('the host’s part', () => {
  it('contains its journals and configuration, without the secrets in them', async () => {
    const collection = await collect(host);
    const texts = Object.fromEntries(collection.files.map(({ name, text }) => [name, text]));
    expect(texts['etc/hosts']).toContain('node01');
    expect(texts['etc/sysctl.d/99-zz-muster.conf']).toContain('ip_forward');
    expect(texts['journal/kubelet.log']).toContain('something real');
    expect(texts['commands/df.txt']).toContain('Filesystem');
    expect(Object.keys(texts)).not.toContain('var/lib/muster-agent/credential.json');
    expectNoSecret(texts);
  });
});

describe('a support bundle', () => {
  let coordinator: TestCoordinator;
  let agent: Awaited<ReturnType<typeof enrolled>>;
  const folder = tempFolder();
  const bundle = async (name: string, output: string) => {
    let printed = '';
    const stdout = { write: (text: string) => (printed += text) };
    const io: Io = { stdout, stderr: { write: () => true }, env: {}, language: 'en' };
    await supportBundle(io, name, { socket: coordinator.socket, output });
    expect(printed).toBe(`${output}\n`);
    return unpack(output);
  };

  beforeAll(async () => {
    const manifest = `kind: Secret\ndata:\n  x: ${planted.inManifest}\n`;
    writeFileSync(join(folder, 'plugin.yaml'), manifest);
    coordinator = await start({ folder, planText: planText().replace('calico: v3.24.1', 'manifest: plugin.yaml') });
    agent = await enrolled(coordinator, 'node01');
    const at = new Date().toISOString();
    const output = Object.values(planted).map((secret) => ({ at, step: 'packages', text: `password: ${secret}` }));
    await agent.report({ output });
  });
  afterAll(async () => {
    await coordinator.stop();
    removeFolder(folder);
  });

  it('ignores an unrequested collection without reading or validating the body', async () => {
    const body = { files: 'not even a list' };
    expect(await coordinator.ask('/v1/collections/other', { headers: agent.headers, body })).toMatchObject({
      status: 204,
    });
  });

  it('contains the coordinator’s records and the host’s part, each redacted again', async () => {
    const careless: Collection = {
      files: Object.entries({ ...files, '/journal/kubelet.log': journal })
        .filter(([path]) => !path.endsWith('credential.json') && !path.endsWith('journal.json'))
        .map(([path, text]) => ({ name: path.slice(1), text })),
    };
    const file = join(folder, 'bundle.tar.gz');
    const done = bundle('node01', file);
    let asked: { id: string } | undefined;
    while (asked === undefined) asked = (await agent.target({ wait: 1 })).body?.collect;
    const answer = await coordinator.ask(`/v1/collections/${asked.id}`, { headers: agent.headers, body: careless });
    expect(answer.status).toBe(204);
    const texts = await done;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(texts['coordinator/output.log']).toContain('packages | password: [secret]');
    expect(texts['host/etc/hosts']).toContain('node01');
    expect(texts['README.txt']).toContain('host/ has its journals');
    expectNoSecret(texts);
    expect((await agent.target()).body.collect, 'asked once only').toBeUndefined();
  });

  it('of a host that was never seen states that its part is missing', async () => {
    const texts = await bundle('node02', join(folder, 'never-seen.tar.gz'));
    expect(texts['README.txt']).toContain('did not answer');
    expect(Object.keys(texts).filter((name) => name.startsWith('host/'))).toEqual([]);
  });

  it('is made file by file, with other events between', async () => {
    const [host, plan] = await Promise.all(
      ['/v1/hosts/node01', '/v1/plan'].map(async (path) => (await coordinator.operator(path)).body),
    );
    const collected = Array.from({ length: 30 }, (_, index) => ({ name: `f${index}`, text: 'a\n'.repeat(100_000) }));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await packBundle({ host, plan, events: [], output: [], collected, now: new Date() });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(15);
  });

  it('refuses names outside the folder', async () => {
    const done = bundle('node01', join(folder, 'names.tar.gz'));
    let asked: { id: string } | undefined;
    while (asked === undefined) asked = (await agent.target({ wait: 1 })).body?.collect;
    const path = `/v1/collections/${asked.id}`;
    const send = (files: unknown) => coordinator.ask(path, { headers: agent.headers, body: { files } });
    expect((await send([{ name: '../../etc/passwd', text: 'x' }])).status).toBe(422);
    expect((await send([{ name: '/etc/passwd', text: 'x' }])).status).toBe(422);
    expect((await send([])).status).toBe(204);
    await done;
  });

  it('of an unplanned host is refused', async () => {
    await expect(bundle('stranger', join(folder, 'x.tar.gz'))).rejects.toThrow(
      expect.objectContaining({ code: 'host-unknown' }),
    );
  });
});
