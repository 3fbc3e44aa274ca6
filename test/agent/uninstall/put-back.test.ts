import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host, RunResult } from '../../../agent/host/host.ts';
import { createHost } from '../../../agent/host/host-linux.ts';
import { withoutSources } from '../../../agent/machine/packages/apt/run-config.ts';
import { type AgentPaths, pathsBelow } from '../../../agent/paths.ts';
import { type Of, recordPath, saveRecord } from '../../../agent/prior/record.ts';
import { putBack } from '../../../agent/uninstall/put-back.ts';

let root: string;
let paths: AgentPaths;
let host: Host;
let calls: string[];
/** Program answers, by the start of their command line. */
let answers: Record<string, Partial<RunResult>>;

/** Real files, but no program of this machine. */
function hostWithoutPrograms(): Host {
  const run: Host['run'] = async (program, args) => {
    const line = [program, ...args].join(' ');
    calls.push(line);
    const known = Object.entries(answers).find(([start]) => line.startsWith(start));
    return { exitCode: 0, stdout: '', stderr: '', ...known?.[1] };
  };
  return { ...createHost(paths), run, runUnit: () => Promise.reject(new Error('not expected')) };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-put-back-'));
  paths = pathsBelow(root);
  calls = [];
  answers = {};
  host = hostWithoutPrograms();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const etc = (...parts: string[]) => join(root, 'etc', ...parts);
const undo = () => putBack({ host, paths, say: () => undefined, purge: false, giveUpCluster: false });

async function given(path: string, content: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await chmod(path, mode);
}

describe('a cluster', () => {
  const owned = (owns: boolean) => given(paths.journal, JSON.stringify({ version: 1, owns, steps: {} }));
  const isNode = { stdout: 'ActiveState=active\nUnitFileState=enabled\n' };

  it('that muster did not join this host to is left alone, whatever runs here', async () => {
    await owned(false);
    answers['systemctl show'] = isNode;
    await undo();
    expect(calls).toEqual([]);
  });

  it('that muster joined the host to is left first', async () => {
    await owned(true);
    answers['systemctl show'] = isNode;
    await host.writeFile(etc('ours'), 'ours');
    await expect(undo(), 'the reset').rejects.toThrow('not expected');
    expect(await readdir(etc()), 'nothing is restored before').toEqual(['ours']);
  });
});

describe('files', () => {
  it('get their content and mode back, however often muster wrote them', async () => {
    await given(etc('fstab'), 'swap\n', 0o640);
    await host.writeFile(etc('fstab'), 'first');
    await host.writeFile(etc('fstab'), 'second');
    expect(await undo()).toMatchObject({ kept: [], failed: [] });
    expect(await readFile(etc('fstab'), 'utf8')).toBe('swap\n');
    expect((await stat(etc('fstab'))).mode & 0o777).toBe(0o640);
  });

  it('that did not exist are removed, with the folders created for them and nothing else', async () => {
    await given(etc('kept', 'theirs'), 'x');
    await host.writeFile(etc('made', 'config.toml'), 'ours');
    await host.writeFile(etc('made', 'certs.d', 'registry', 'hosts.toml'), 'ours');
    await host.writeFile(etc('kept', 'ours'), 'ours');
    await undo();
    expect(await readdir(etc())).toEqual(['kept']);
    expect(await readdir(etc('kept'))).toEqual(['theirs']);
  });

  it('report a folder that was created for them and is now in use by others', async () => {
    await given(etc('there'), 'x');
    await host.writeFile(etc('made', 'ours'), 'ours');
    await given(etc('made', 'theirs'), 'x');
    expect((await undo()).paths).toEqual([etc('made')]);
    expect(await readdir(etc('made'))).toEqual(['theirs']);
  });

  it('that muster removed or replaced by a link are restored, links as links', async () => {
    await given(etc('removed'), 'x');
    await symlink('elsewhere', etc('link'));
    await host.removeFile(etc('removed'));
    await host.symlink('/dev/null', etc('link'));
    await undo();
    expect(await readFile(etc('removed'), 'utf8')).toBe('x');
    expect(await readlink(etc('link'))).toBe('elsewhere');
  });

  it('that the operator changed later stay unchanged and are reported, with the content before muster', async () => {
    await given(etc('hosts'), 'original');
    await host.writeFile(etc('hosts'), 'ours');
    await writeFile(etc('hosts'), 'ours and theirs');
    await host.writeFile(etc('new'), 'ours');
    await rm(etc('new'));
    await given(etc('new'), 'theirs');
    expect((await undo()).kept.sort()).toEqual([etc('hosts'), etc('new')]);
    expect(await readFile(etc('hosts'), 'utf8')).toBe('ours and theirs');
    expect(await readFile(recordPath(paths, { path: etc('hosts') }), 'utf8')).toContain(
      Buffer.from('original').toString('base64'),
    );
  });

  it('whose foreign changes muster overwrote keep those changes too', async () => {
    await given(etc('daemon.json'), '{}');
    await host.writeFile(etc('daemon.json'), '{"ours":1}');
    await writeFile(etc('daemon.json'), '{"theirs":1}');
    await host.writeFile(etc('daemon.json'), '{"ours":1,"theirs":1}');
    expect((await undo()).kept).toEqual([etc('daemon.json')]);
    expect(await readFile(etc('daemon.json'), 'utf8')).toContain('theirs');
  });

  it('continue after an interrupted run, and a second run changes nothing', async () => {
    await given(etc('a'), 'a');
    await host.writeFile(etc('a'), 'ours');
    await host.writeFile(etc('b'), 'ours');
    // The first run reached the file but not its record.
    await writeFile(etc('a'), 'a');
    expect(await undo()).toMatchObject({ kept: [], failed: [] });
    expect(await readdir(etc())).toEqual(['a']);
    expect(await undo()).toMatchObject({ kept: [], failed: [] });
    expect(await readdir(paths.prior)).toEqual([]);
  });
});

describe('settings other than files', () => {
  const unit = (enabled: string, active: boolean): Of<'unit'> => ({
    kind: 'unit',
    name: 'chrony.service',
    was: { enabled, active },
  });
  const showNow = (enabled: string, active: string) => {
    answers['systemctl show'] = { stdout: `UnitFileState=${enabled}\nActiveState=${active}\n` };
  };
  const verbs = () => calls.filter((line) => !line.includes(' show '));

  it.each([
    [
      'was disabled',
      unit('disabled', false),
      'enabled',
      ['systemctl disable chrony.service', 'systemctl stop chrony.service'],
    ],
    [
      'came with a package',
      unit('', false),
      'enabled',
      ['systemctl disable chrony.service', 'systemctl stop chrony.service'],
    ],
    [
      'was enabled',
      unit('enabled', true),
      'disabled',
      ['systemctl enable chrony.service', 'systemctl restart chrony.service'],
    ],
    ['is gone', unit('', false), '', []],
  ])('a unit that %s', async (_, record, now, done) => {
    await saveRecord(paths, record);
    showNow(now, 'active');
    await undo();
    expect(verbs()).toEqual(done);
  });

  it('restores the holds', async () => {
    await saveRecord(paths, { kind: 'hold', name: 'kubelet', was: { held: false } });
    await saveRecord(paths, { kind: 'hold', name: 'kubectl', was: { held: true } });
    const options = withoutSources.join(' ');
    answers[`apt-mark showhold kubelet ${options}`] = { stdout: 'kubelet\n' };
    await undo();
    const changes = verbs().filter((line) => !line.includes('showhold'));
    expect(changes.map((line) => line.replace(` ${options}`, ''))).toEqual([
      'apt-mark hold kubectl',
      'apt-mark unhold kubelet',
    ]);
  });

  it('swap is on again, with its priority', async () => {
    await saveRecord(paths, {
      kind: 'swap',
      name: 'devices',
      was: [
        { device: '/no/swap.img', priority: -2 },
        { device: '/no/fast', priority: 5 },
      ],
    });
    await undo();
    expect(verbs()).toEqual(['swapon /no/swap.img', 'swapon -p 5 /no/fast']);
  });

  it('that the host refuses are reported, and retried by the next run', async () => {
    await saveRecord(paths, { kind: 'host-name', name: 'kernel', was: 'debian' });
    answers.hostname = { exitCode: 1, stderr: 'no' };
    expect((await undo()).failed).toMatchObject([
      { en: expect.stringContaining('host-name kernel: hostname debian: no') },
    ]);
    answers = {};
    expect(await undo()).toMatchObject({ failed: [] });
    expect(await readdir(paths.prior)).toEqual([]);
  });

  it('a folder loses new empty folders, and keeps the operator’s files', async () => {
    await given(etc('kubernetes', 'audit.yaml'), 'theirs');
    await mkdir(etc('kubernetes', 'pki', 'etcd'), { recursive: true });
    await saveRecord(paths, { kind: 'folder', name: etc('kubernetes'), was: null });
    const { remains } = await undo();
    expect(await readdir(etc('kubernetes'))).toEqual(['audit.yaml']);
    expect(remains.map(({ en }) => en).join()).toContain('audit.yaml');
  });
});
