import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coordinatorInstall } from '../../../agent/steps/coordinator-install.ts';
import { ensureCertificates } from '../../../coordinator/server/certificates.ts';
import { encrypt } from '../../../shared/node/age.ts';
import { agentPaths, coordinatorPaths } from '../../../shared/paths.ts';
import { version } from '../../../shared/version.ts';
import { testContext } from './context.ts';

const unitFile = `${agentPaths.units}/${coordinatorPaths.unit}`;
const keysFolder = `${agentPaths.volatile}/coordinator`;
const release = generateKeyPairSync('ed25519');
const publicKey = release.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const programs = ['runtime-x64.tar.gz', 'agent.tar.gz', 'coordinator.tar.gz', 'install.sh', 'setup.sh', 'common.sh'];

let folder: string;
let keys: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-keys-'));
  await ensureCertificates(folder, { addresses: [], names: [], now: new Date() });
  const names = ['ca.key', 'ca.crt', 'server.key', 'server.crt'];
  keys = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
});
afterAll(() => rm(folder, { recursive: true }));

function artefacts(version: string, signer = release.privateKey): Record<string, string> {
  const files = Object.fromEntries(programs.map((name) => [name, hash('sha256', `content of ${name}`)]));
  const manifest = JSON.stringify({ version, files });
  return {
    ...Object.fromEntries(programs.map((name) => [name, `content of ${name}`])),
    'release-x64.json': manifest,
    'release-x64.json.sig': sign(null, Buffer.from(manifest), signer).toString('base64'),
  };
}

interface Situation {
  planes?: number;
  offered?: Record<string, string>;
  sent?: Record<string, string>;
  files?: Record<string, string>;
}

/** One of several control planes beside an active coordinator; setup.sh does what it is given. */
function situation({ planes = 3, offered = artefacts(version), sent = keys, files = {} }: Situation = {}) {
  const seen: { names: string[]; keys: string[] }[] = [];
  let mode = 'root:muster 750';
  const context = testContext('coordinator-install', {
    self: 'master01',
    change(settings) {
      settings.hosts = settings.hosts.map((host, index) => ({
        ...host,
        role: index < planes ? ('control-plane' as const) : ('worker' as const),
      }));
    },
    files: { [agentPaths.ca]: keys['ca.crt'] ?? '', [agentPaths.releaseKey]: publicKey, ...files },
    programs: {
      async sh([script = '', , from = '']) {
        const below = (path: string) => [...context.host.files.keys()].filter((name) => name.startsWith(`${path}/`));
        seen.push({
          names: below(script.replace('/setup.sh', '')).map((path) => path.split('/').at(-1) ?? ''),
          keys: below(from).map((path) => path.split('/').at(-1) ?? ''),
        });
        await context.host.writeFile(unitFile, 'unit');
        await context.host.writeFile(
          `${coordinatorPaths.artefacts}/release-x64.json`,
          offered['release-x64.json'] ?? '',
        );
        const ca = context.host.files.get(`${from}/ca.crt`);
        if (ca !== undefined) await context.host.writeFile(`${coordinatorPaths.state}/ca.crt`, ca.content);
        return '';
      },
      stat: () => `${mode}\n`,
      chown: () => '',
      chmod() {
        mode = 'root:muster 770';
        return '';
      },
    },
    artefact: async (name) => Buffer.from(offered[name] ?? ''),
    async coordinatorKeys(recipient) {
      const plain = new Blob([JSON.stringify({ files: sent })]).stream();
      const sealed = await encrypt(plain, { recoveryKey: recipient });
      return Buffer.from(await new Response(sealed).arrayBuffer());
    },
  });
  return { context, seen };
}

const here = (installed: string) => ({
  [unitFile]: 'unit',
  [`${coordinatorPaths.state}/ca.crt`]: keys['ca.crt'] ?? '',
  [`${coordinatorPaths.artefacts}/release-x64.json`]: artefacts(installed)['release-x64.json'] ?? '',
});

describe('a coordinator beside others', () => {
  it('is not installed on the only control plane', async () => {
    const { context } = situation({ planes: 1 });
    expect(await coordinatorInstall.check(context)).toEqual({ state: 'done' });
    await coordinatorInstall.apply(context);
    expect(context.host.calls).toEqual([]);
  });

  it('is installed by the signed release’s setup.sh with the keys of the others, which leave no copy', async () => {
    const { context, seen } = situation();
    expect(await coordinatorInstall.check(context)).toMatchObject({ state: 'todo' });
    await coordinatorInstall.apply(context);
    expect(seen).toEqual([
      {
        names: expect.arrayContaining([...programs, 'release-x64.json', 'release-x64.json.sig', 'release.pub']),
        keys: ['ca.key', 'ca.crt', 'server.key', 'server.crt'],
      },
    ]);
    expect(await context.host.exists(agentPaths.coordinatorMark)).toBe(true);
    const copies = [...context.host.files.keys()].filter((path) => /muster-agent\/coordinator\//.test(path));
    expect(copies).toEqual([]);
    expect(context.host.lines().join('\n')).not.toContain('PRIVATE KEY');
    expect(await coordinatorInstall.check(context)).toEqual({ state: 'done' });
  });

  it.each([
    [
      'a release with another signature',
      () => ({ offered: artefacts(version, generateKeyPairSync('ed25519').privateKey) }),
      'update-unsigned',
    ],
    [
      'a program that the release does not name',
      () => ({ offered: { ...artefacts(version), 'setup.sh': 'reboot' } }),
      'update-mismatch',
    ],
    ['an older release', () => ({ offered: artefacts('0.0.1') }), 'update-downgrade'],
    ['keys without the CA’s', () => ({ sent: { ...keys, 'ca.key': '' } }), 'coordinator-keys-invalid'],
    ['a file that is no key', () => ({ sent: { ...keys, '../../etc/passwd': 'x' } }), 'coordinator-keys-invalid'],
  ])('refuses %s and runs nothing', async (_, wrong, code) => {
    const { context, seen } = situation(wrong());
    await expect(coordinatorInstall.apply(context)).rejects.toMatchObject({ code });
    expect(seen).toEqual([]);
    expect(await context.host.exists(keysFolder)).toBe(false);
  });

  it('refuses keys of another CA than the one that this host trusts', async () => {
    const { context, seen } = situation({ files: { [agentPaths.ca]: 'another CA' } });
    await expect(coordinatorInstall.apply(context)).rejects.toMatchObject({ code: 'coordinator-keys-invalid' });
    expect(seen).toEqual([]);
  });

  it('that an operator installed is kept; only the plan’s folder is opened to it', async () => {
    const { context, seen } = situation({ files: here(version) });
    expect(await coordinatorInstall.check(context)).toMatchObject({ state: 'todo' });
    await coordinatorInstall.apply(context);
    expect(seen).toEqual([]);
    expect(await coordinatorInstall.check(context)).toEqual({ state: 'done' });
  });

  it('of an older version is updated, and keeps its keys', async () => {
    const { context, seen } = situation({ files: here('0.0.1') });
    await coordinatorInstall.apply(context);
    expect(seen).toMatchObject([{ keys: [] }]);
    expect(await coordinatorInstall.check(context)).toEqual({ state: 'done' });
  });

  it('of another cluster is not touched', async () => {
    const { context } = situation({ files: { ...here(version), [`${coordinatorPaths.state}/ca.crt`]: 'another CA' } });
    const code = 'coordinator-of-another-cluster';
    await expect(coordinatorInstall.check(context)).rejects.toMatchObject({ code });
    await expect(coordinatorInstall.apply(context)).rejects.toMatchObject({ code });
  });
});
