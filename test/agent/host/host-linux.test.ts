import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../agent/host/host.ts';
import { createHost } from '../../../agent/host/host-linux.ts';
import { type AgentPaths, pathsBelow } from '../../../agent/paths.ts';
import { type FileRecord, recordPath } from '../../../agent/prior/record.ts';
import { createRecorder } from '../../../agent/prior/recorder.ts';

const folders: string[] = [];
let root: string;
let paths: AgentPaths;
let host: Host;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-host-'));
  folders.push(root);
  paths = pathsBelow(join(root, 'agent'));
  host = createHost(paths);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const prior = async (path: string): Promise<FileRecord> =>
  JSON.parse(await readFile(recordPath(paths, { path }), 'utf8'));

describe('files', () => {
  test('are written with their mode into a folder created for them, and leave nothing else behind', async () => {
    const path = join(root, 'etc/deep/secret');
    await host.writeFile(path, 'content', { mode: 0o600 });
    expect(await readFile(path, 'utf8')).toBe('content');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(root, 'etc/deep'))).toEqual(['secret']);
  });

  test('of others cannot stop the agent: a pipe and a device are empty, a folder is none, and a huge file is refused', async () => {
    const [pipe, zero, huge] = ['pipe', 'zero', 'huge'].map((name) => join(root, name)) as [string, string, string];
    execFileSync('mkfifo', [pipe]);
    await symlink('/dev/zero', zero);
    execFileSync('truncate', ['--size', '1G', huge]);
    expect([await host.readFile(pipe), await host.readFile(zero), await host.readFile('/dev/null')]).toEqual([
      '',
      '',
      '',
    ]);
    await expect(host.readFile(huge)).rejects.toThrow(RangeError);
    expect(await host.readFile(root)).toBeNull();
  });

  test('are replaced, never modified in place: a reader with the old file open keeps its whole content', async () => {
    const path = join(root, 'file');
    await writeFile(path, 'old');
    const before = (await stat(path)).ino;
    await host.writeFile(path, 'new');
    expect((await stat(path)).ino).not.toBe(before);
  });

  test('keep their content after a failed write, without a partial file', async () => {
    const folder = join(root, 'taken');
    await mkdir(join(folder, 'file'), { recursive: true });
    await expect(host.writeFile(join(folder, 'file'), 'x')).rejects.toThrow(/EISDIR|directory/);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('that do not exist are null, empty, or removed without error', async () => {
    const path = join(root, 'none');
    expect(await host.readFile(path)).toBeNull();
    expect(await host.list(path)).toEqual([]);
    expect(await host.readLink(path)).toBeNull();
    expect(await host.exists(path)).toBe(false);
    await host.removeFile(path);
    await host.removeFile(join(root, 'no/folder'));
  });

  test('below a file do not exist, which is not an error', async () => {
    await writeFile(join(root, 'file'), '');
    const path = join(root, 'file/below');
    expect([await host.readFile(path), await host.readLink(path), await host.stamp(path)]).toEqual([null, null, null]);
    expect([await host.list(path), await host.exists(path)]).toEqual([[], false]);
  });

  test('links are created and replaced, and leave nothing else behind', async () => {
    const path = join(root, 'link');
    await host.symlink('one', path);
    await host.symlink('two', path);
    expect(await host.readLink(path)).toBe('two');
    expect((await readdir(root)).sort()).toEqual(['agent', 'link']);
  });
});

describe('the prior record', () => {
  test('keeps the original content and mode, not later ones', async () => {
    const path = join(root, 'fstab');
    await writeFile(path, 'original', { mode: 0o640 });
    await host.writeFile(path, 'first change');
    await host.writeFile(path, 'second change');
    expect(await prior(path)).toMatchObject({
      path,
      was: { state: 'file', mode: 0o640, base64: Buffer.from('original').toString('base64') },
      foreign: false,
    });
    expect((await stat(recordPath(paths, { path }))).mode & 0o777).toBe(0o600);
  });

  test('records that a path did not exist, which folder was created, and links', async () => {
    await host.writeFile(join(root, 'made', 'too', 'new'), 'x');
    const absent = await prior(join(root, 'made', 'too', 'new'));
    expect(absent.was).toEqual({ state: 'absent', made: join(root, 'made') });
    await symlink('elsewhere', join(root, 'link'));
    await host.removeFile(join(root, 'link'));
    expect((await prior(join(root, 'link'))).was).toEqual({ state: 'link', target: 'elsewhere' });
  });

  test('distinguishes a correction of muster’s file from overwriting someone else’s change', async () => {
    const path = join(root, 'hosts');
    await writeFile(path, 'original');
    await host.writeFile(path, 'ours');
    await writeFile(path, 'somebody took ours away');
    await host.writeFile(path, 'ours');
    expect((await prior(path)).foreign, 'restoring loses nothing of theirs').toBe(false);
    await writeFile(path, 'theirs');
    await host.writeFile(path, 'theirs and ours');
    expect((await prior(path)).foreign).toBe(true);
  });

  test('lists what a folder contained before muster, whatever was added since', async () => {
    const folder = join(root, 'net.d');
    expect(await host.recall({ kind: 'folder', name: folder })).toBeNull();
    await mkdir(folder);
    await writeFile(join(folder, 'own.conf'), 'theirs');
    await host.remember({ kind: 'folder', name: folder });
    await writeFile(join(folder, 'plugin.conflist'), 'of the cluster');
    await host.remember({ kind: 'folder', name: folder });
    expect(await host.recall({ kind: 'folder', name: folder })).toMatchObject({ was: [join(folder, 'own.conf')] });
  });

  test('leaves the folders of Kubernetes to the record that covers them as a whole', async () => {
    const record = createRecorder(paths, host);
    await record.file('/etc/cni/net.d/10-flannel.conflist', 'absent');
    await record.file('/etc/kubernetes/admin.conf', 'absent');
    await expect(lstat(paths.prior)).rejects.toThrow('ENOENT');
  });

  test('omits muster’s own files', async () => {
    await host.writeFile(paths.journal, '{}');
    await host.writeFile(join(paths.volatile, 'join.yaml'), 'secret');
    await expect(lstat(paths.prior)).rejects.toThrow('ENOENT');
  });
});

describe('programs', () => {
  test('run without a shell, in the C locale, with their input', async () => {
    const result = await host.run('sh', ['-c', 'printf "%s|%s|" "$1" "$LC_ALL"; cat', 'sh', '$(id); *'], {
      input: 'in',
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: '$(id); *|C|in' });
  });

  test('read empty input where none is given', async () => {
    expect((await host.run('cat', [])).stdout).toBe('');
  });

  test.each([
    ['an exit code', 'sh', ['-c', 'echo no >&2; exit 3'], 3],
    ['no such program', 'muster-no-such-program', [], 127],
    ['a signal', 'sh', ['-c', 'kill -9 $$'], 137],
  ])('%s is a result, not an error', async (_, program, args, exitCode) => {
    expect(await host.run(program, args)).toMatchObject({ exitCode });
  });

  test('that exceed their time limit are killed, with exit code 124', async () => {
    const start = performance.now();
    expect((await host.run('sleep', ['30'], { timeoutMs: 100 })).exitCode).toBe(124);
    expect(performance.now() - start).toBeLessThan(25_000);
  });
});

test('sleep ends at once when its signal fires', async () => {
  const controller = new AbortController();
  const start = performance.now();
  const sleeping = host.sleep(60_000, controller.signal);
  controller.abort();
  await sleeping;
  await host.sleep(60_000, controller.signal);
  expect(performance.now() - start).toBeLessThan(50_000);
});
