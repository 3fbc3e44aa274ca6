import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHost } from '../../../agent/host/host-linux.ts';
import { type AgentPaths, pathsBelow } from '../../../agent/paths.ts';
import { createUpdater } from '../../../agent/update/updater.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Update } from '../../../shared/protocol/release.ts';
import { verbatim } from '../../../shared/text/local-text.ts';

const keys = generateKeyPairSync('ed25519');
const otherKeys = generateKeyPairSync('ed25519');
const signal = new AbortController().signal;

let root: string;
let paths: AgentPaths;
let served: Map<string, Buffer>;
let downloads: string[];
let told: (Update | null)[];
let systemctl: string[];
let guardActive: string;

const put = async (path: string, content: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
};
const there = (path: string) =>
  readFile(path).then(
    () => true,
    () => false,
  );

async function packed(name: string, files: Record<string, string>): Promise<Buffer> {
  const folder = join(root, `${name}.files`);
  for (const [file, content] of Object.entries(files)) await put(join(folder, file), content);
  await execa('tar', ['-czf', join(root, name), '-C', folder, '.']);
  return readFile(join(root, name));
}

/** Serves a release whose agent reports that version. */
async function serve(version: string, { key = keys.privateKey } = {}): Promise<void> {
  const runtime =
    served.get('/artefacts/runtime-x64.tar.gz') ?? (await packed('runtime.tar.gz', { 'bin/node': 'node' }));
  const agent = await packed(`agent-${version}.tar.gz`, {
    'main.js': version,
    'update-guard.sh': `guard of ${version}`,
  });
  const files = { 'agent.tar.gz': hash('sha256', agent), 'runtime-x64.tar.gz': hash('sha256', runtime) };
  const manifest = Buffer.from(JSON.stringify({ version, files }));
  served.set('/artefacts/agent.tar.gz', agent);
  served.set('/artefacts/runtime-x64.tar.gz', runtime);
  served.set('/artefacts/release-x64.json', manifest);
  served.set('/artefacts/release-x64.json.sig', Buffer.from(sign(null, manifest, key).toString('base64')));
}

/** An agent of that version, running on this machine. */
function agentOf(version: string) {
  const real = createHost(paths);
  return createUpdater({
    paths,
    host: {
      ...real,
      run: async (program, args, options) => {
        if (program !== 'systemctl') return real.run(program, args, options);
        systemctl.push(args.join(' '));
        return { exitCode: 0, stdout: args[0] === 'is-active' ? guardActive : '', stderr: '' };
      },
    },
    client: {
      download: async (route) => {
        downloads.push(route);
        const content = served.get(route);
        if (content === undefined) throw new MusterError('not-found', { method: 'GET', path: route });
        return content;
      },
    },
    log: silentLogger(),
    tell: (update) => told.push(update),
    version,
    arch: 'x64',
  });
}
const current = async () => readFile(join(paths.programs, 'agent/main.js'), 'utf8');
const trial = () => readFile(join(paths.update, 'trial'), 'utf8');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-update-'));
  paths = pathsBelow(join(root, 'host'));
  [served, downloads, told, systemctl, guardActive] = [new Map(), [], [], [], 'inactive'];
  await put(paths.releaseKey, keys.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await serve('0.1.0');
  const runtime = `releases/runtime-${hash('sha256', served.get('/artefacts/runtime-x64.tar.gz') ?? '').slice(0, 12)}`;
  await put(join(paths.programs, runtime, '.complete'), '');
  await put(join(paths.programs, 'releases/agent-000000000000/main.js'), '0.1.0');
  await symlink(runtime, join(paths.programs, 'runtime'));
  await symlink('releases/agent-000000000000', join(paths.programs, 'agent'));
});
afterEach(() => rm(root, { recursive: true }));

describe('an agent that is asked to update', () => {
  test('downloads only new artefacts, records the version to return to, switches the link and restarts', async () => {
    await serve('0.2.0');
    await agentOf('0.1.0').update('0.2.0', signal);
    expect(downloads.sort()).toEqual([
      '/artefacts/agent.tar.gz',
      '/artefacts/release-x64.json',
      '/artefacts/release-x64.json.sig',
    ]);
    expect(await current()).toBe('0.2.0');
    expect(await trial()).toMatch(
      /^version=0\.2\.0\nagent=releases\/agent-000000000000\nruntime=releases\/runtime-\w{12}\n$/,
    );
    expect(systemctl).toEqual(['--no-block restart muster-agent.service']);
    expect(told).toEqual([{ version: '0.2.0', state: 'updating', message: verbatim('') }]);
  });

  test('takes a new runtime too, when there is one', async () => {
    served.set('/artefacts/runtime-x64.tar.gz', await packed('newer.tar.gz', { 'bin/node': 'newer' }));
    await serve('0.2.0');
    await agentOf('0.1.0').update('0.2.0', signal);
    expect(await readFile(join(paths.programs, 'runtime/bin/node'), 'utf8')).toBe('newer');
    expect(await trial()).toMatch(/runtime=releases\/runtime-/);
  });

  test.each([
    [
      'a release signed with another key',
      () => serve('0.2.0', { key: otherKeys.privateKey }),
      '0.2.0',
      'update-unsigned',
    ],
    ['an older release with a valid signature', () => serve('0.0.9'), '0.0.9', 'update-downgrade'],
    ['the release that is running', () => serve('0.1.0'), '0.1.0', 'update-downgrade'],
    ['a release other than the requested one', () => serve('0.3.0'), '0.2.0', 'update-mismatch'],
    [
      'an agent other than the signed one',
      async () => {
        await serve('0.2.0');
        served.set('/artefacts/agent.tar.gz', await packed('other.tar.gz', { 'main.js': 'evil' }));
      },
      '0.2.0',
      'update-mismatch',
    ],
  ])('refuses %s, reports it, and changes nothing', async (_, prepare, wanted, code) => {
    await prepare();
    await agentOf('0.1.0').update(wanted, signal);
    expect(told.at(-1)).toMatchObject({ version: wanted, state: 'failed', code });
    expect(await current()).toBe('0.1.0');
    expect(await there(join(paths.update, 'trial'))).toBe(false);
    expect(systemctl).toEqual([]);
  });

  test('leaves the update to a retry when the coordinator is unavailable', async () => {
    await serve('0.2.0');
    const updater = agentOf('0.1.0');
    served.clear();
    const away = new MusterError('unreachable', { url: 'https://192.0.2.1:7443', reason: 'timeout' });
    served.get = () => {
      throw away;
    };
    await expect(updater.update('0.2.0', signal)).rejects.toBe(away);
  });
});

describe('a new agent', () => {
  beforeEach(async () => {
    await serve('0.2.0');
    await agentOf('0.1.0').update('0.2.0', signal);
    systemctl.length = 0;
    told.length = 0;
  });

  test('stays once it has reported: the guard is stopped, and files outside the release are updated', async () => {
    const agent = agentOf('0.2.0');
    await agent.begin();
    expect(await there(join(paths.update, 'trial'))).toBe(true);
    await agent.confirm();
    expect(await there(join(paths.update, 'trial'))).toBe(false);
    expect(systemctl).toEqual(['stop muster-update-guard.timer', 'is-active muster-update-guard.service']);
    expect(await readFile(join(paths.programs, 'update-guard'), 'utf8')).toBe('guard of 0.2.0');
    const releases = await readdir(join(paths.programs, 'releases'));
    expect(releases.filter((name) => name.startsWith('agent-'))).toEqual([
      (await readlink(join(paths.programs, 'agent'))).replace('releases/', ''),
    ]);
    expect(told).toEqual([null]);
  });

  test('does not touch what the guard is restoring', async () => {
    const agent = agentOf('0.2.0');
    await agent.begin();
    guardActive = 'activating';
    await agent.confirm();
    expect(await there(join(paths.update, 'trial'))).toBe(true);
  });
});

describe('an agent that starts', () => {
  test('discards an update that was interrupted before the new version was in use', async () => {
    await put(join(paths.update, 'trial'), 'version=0.2.0\nagent=releases/agent-000000000000\nruntime=\n');
    await agentOf('0.1.0').begin();
    expect(await there(join(paths.update, 'trial'))).toBe(false);
    expect(systemctl).toEqual(['stop muster-update-guard.timer']);
  });

  const failed = { version: '0.2.0', state: 'failed', message: verbatim('it has not reported') };
  const takenBack = () => put(join(paths.update, 'failed'), 'version=0.2.0\nmessage=it has not reported\n');

  test('reports a reverted update, and does not retry it before the coordinator has acknowledged that', async () => {
    await takenBack();
    await serve('0.2.0');
    const agent = agentOf('0.1.0');
    await agent.begin();
    await agent.update('0.2.0', signal);
    expect(told).toEqual([failed]);
    expect(await current()).toBe('0.1.0');

    await agent.confirm();
    await agent.update('0.2.0', signal);
    expect(await current()).toBe('0.2.0');
  });

  test('reports it once: an operator’s request to retry survives a restart of the agent', async () => {
    await takenBack();
    const agent = agentOf('0.1.0');
    await agent.begin();
    await agent.confirm();
    await agentOf('0.1.0').begin();
    expect(told).toEqual([failed]);
  });

  test('updates at once to a version newer than the reverted one', async () => {
    await takenBack();
    await serve('0.3.0');
    const agent = agentOf('0.1.0');
    await agent.begin();
    await agent.update('0.3.0', signal);
    expect(await current()).toBe('0.3.0');
  });

  test('reports no reverted update once it runs that version', async () => {
    await takenBack();
    await agentOf('0.2.0').begin();
    expect(told.at(-1)).toBeNull();
    expect(await there(join(paths.update, 'failed'))).toBe(false);
  });
});
