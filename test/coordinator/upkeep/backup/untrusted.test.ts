import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyBackups, unexpectedEntry } from '../../../../coordinator/upkeep/backup/untrusted.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-'));
  folder = join(root, 'state');
  mkdirSync(join(folder, 'plan/keys'), { recursive: true });
  for (const name of ['muster.db', 'ca.key', 'plan/cluster.yaml', 'plan/keys/k8s.asc']) {
    writeFileSync(join(folder, name), name);
  }
  writeFileSync(join(root, 'secret'), 'of root');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('an unpacked backup', () => {
  it('may contain state files and the plan with the files beside it', async () => {
    expect(await unexpectedEntry(folder)).toBeNull();
  });

  it.each<[string, () => unknown, string]>([
    ['a link to a file', () => symlinkSync('/etc/shadow', join(folder, 'server.key')), 'server.key'],
    ['a link to a folder', () => symlinkSync('/etc', join(folder, 'plan/etc')), 'plan/etc'],
    ['a hard link', () => linkSync(join(root, 'secret'), join(folder, 'passwords.json')), 'passwords.json'],
    ['a folder that backups never contain', () => mkdirSync(join(folder, 'backups')), 'backups'],
    ['a name with escape sequences', () => writeFileSync(join(folder, '\u001b]0;x'), ''), '\u001b]0;x'],
    ['a huge file', () => execa('truncate', ['--size', '3G', join(folder, 'huge')]), 'huge'],
    ['a journal of the database', () => writeFileSync(join(folder, 'muster.db-journal'), ''), 'muster.db-journal'],
    ['a key that signs plans', () => writeFileSync(join(folder, 'plan/plan-signing.key'), ''), 'plan/plan-signing.key'],
    ['a pipe', () => execa('mkfifo', [join(folder, 'pipe')]), 'pipe'],
  ])('may not contain %s', async (_, put, name) => {
    await put();
    expect(await unexpectedEntry(folder)).toBe(name);
  });
});

describe('backups of the state that is replaced', () => {
  const to = () => join(root, 'fresh');

  it('are copied when they are regular files with the name of a backup', async () => {
    mkdirSync(join(folder, 'backups'));
    writeFileSync(join(folder, 'backups/muster-demo-20260101T000000Z.tar.gz'), 'backup');
    writeFileSync(join(folder, 'backups/other'), 'other');
    await copyBackups(join(folder, 'backups'), to());
    expect(readdirSync(to())).toEqual(['muster-demo-20260101T000000Z.tar.gz']);
    expect(readFileSync(join(to(), 'muster-demo-20260101T000000Z.tar.gz'), 'utf8')).toBe('backup');
  });

  it('are not read through a link in their place', async () => {
    mkdirSync(join(folder, 'backups'));
    symlinkSync(join(root, 'secret'), join(folder, 'backups/muster-demo-1.tar.gz'));
    await copyBackups(join(folder, 'backups'), to());
    expect(readdirSync(to())).toEqual([]);
  });

  it('are not read through a link in place of their folder', async () => {
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere/muster-demo-1.tar.gz'), 'of root');
    symlinkSync(join(root, 'elsewhere'), join(folder, 'backups'));
    await copyBackups(join(folder, 'backups'), to());
    expect(existsSync(to())).toBe(false);
  });
});
