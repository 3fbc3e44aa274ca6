import { execFileSync } from 'node:child_process';
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../agent/host/host.ts';
import { createHost } from '../../../agent/host/host-linux.ts';
import { pathsBelow } from '../../../agent/paths.ts';
import { requireRoot } from '../../required.ts';

let root: string;
let host: Host;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-write-'));
  host = createHost(pathsBelow(join(root, 'agent')));
});
afterEach(() => rm(root, { recursive: true }));

const at = (name: string) => join(root, name);

/** Node.js and a minimal host have no program for extended attributes; Perl can call the kernel. */
const numbers = process.arch === 'x64' ? { set: 188, get: 191 } : { set: 5, get: 8 };
const setAttribute = (path: string, name: string, value: Buffer) =>
  execFileSync('perl', [
    '-e',
    `my $v = pack('H*', '${value.toString('hex')}'); syscall(${numbers.set}, $ARGV[0], $ARGV[1], $v, length $v, 0) == 0 or die $!`,
    path,
    name,
  ]);
const attribute = (path: string, name: string) =>
  execFileSync('perl', [
    '-e',
    `my $v = "\\0" x 256; my $n = syscall(${numbers.get}, $ARGV[0], $ARGV[1], $v, 256); print $n < 0 ? 'none' : unpack('H*', substr($v, 0, $n))`,
    path,
    name,
  ]).toString();

/** user::rw-, user:1:r--, group::---, mask::r--, other::--- as the kernel stores it. */
const acl = Buffer.from(
  ['02000000', '01000600ffffffff', '0200040001000000', '04000000ffffffff', '10000400ffffffff', '20000000ffffffff'].join(
    '',
  ),
  'hex',
);

describe('an edited file', () => {
  test('keeps its mode, owner and group', async () => {
    requireRoot('a file of another user');
    await writeFile(at('secret'), 'old', { mode: 0o600 });
    execFileSync('chown', ['1:2', at('secret')]);
    await host.writeFile(at('secret'), 'new');
    const { mode, uid, gid } = await stat(at('secret'));
    expect([mode & 0o7777, uid, gid]).toEqual([0o600, 1, 2]);
  });

  test('gets the mode that the change asks for', async () => {
    await writeFile(at('config'), 'old', { mode: 0o644 });
    await host.writeFile(at('config'), 'credential', { mode: 0o600 });
    expect((await stat(at('config'))).mode & 0o7777).toBe(0o600);
  });

  test('keeps its ACL, SELinux label and other extended attributes, also when it is restored', async () => {
    requireRoot('an SELinux label');
    const path = at('daemon.json');
    const label = Buffer.from('system_u:object_r:container_config_t:s0\0');
    await writeFile(path, 'old', { mode: 0o640 });
    setAttribute(path, 'system.posix_acl_access', acl);
    setAttribute(path, 'user.origin', Buffer.from('site'));
    setAttribute(path, 'security.selinux', label);
    const was = await host.fileState(path);
    await host.writeFile(path, 'new');
    expect(attribute(path, 'system.posix_acl_access')).toBe(acl.toString('hex'));
    expect(attribute(path, 'user.origin')).toBe(Buffer.from('site').toString('hex'));
    if (was !== null) await host.restore(path, was);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(attribute(path, 'system.posix_acl_access')).toBe(acl.toString('hex'));
    expect(attribute(path, 'security.selinux')).toBe(label.toString('hex'));
  });

  test('behind a symbolic link is edited, and the link stays', async () => {
    await mkdir(at('shared'));
    await writeFile(at('shared/hosts'), 'old', { mode: 0o640 });
    await symlink('shared/hosts', at('hosts'));
    await host.writeFile(at('hosts'), 'new');
    expect(await readlink(at('hosts'))).toBe('shared/hosts');
    expect(await readFile(at('shared/hosts'), 'utf8')).toBe('new');
    expect((await stat(at('shared/hosts'))).mode & 0o7777).toBe(0o640);
  });

  test('behind a dangling link is created where the link points', async () => {
    await symlink('later', at('link'));
    await host.writeFile(at('link'), 'new');
    expect(await readFile(at('later'), 'utf8')).toBe('new');
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
  });

  test.each(['/dev/null', 'link'])('replaces a link to %s', async (target) => {
    await symlink(target, at('link'));
    await host.writeFile(at('link'), 'new');
    expect((await lstat(at('link'))).isFile()).toBe(true);
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test('with several names has the new content under all of them', async () => {
    await writeFile(at('one'), 'the old content');
    await link(at('one'), at('two'));
    await host.writeFile(at('one'), 'new');
    expect(await readFile(at('two'), 'utf8')).toBe('new');
  });

  test('that is a mount point is written in place', async () => {
    requireRoot('a bind mount');
    await writeFile(at('real'), 'the old content');
    await writeFile(at('hosts'), '');
    execFileSync('mount', ['--bind', at('real'), at('hosts')]);
    try {
      await host.writeFile(at('hosts'), 'new');
      expect(await readFile(at('real'), 'utf8')).toBe('new');
    } finally {
      execFileSync('umount', [at('hosts')]);
    }
  });

  test.each(['+i', '+a'])('with chattr %s is reported by its code and stays', async (flag) => {
    requireRoot('chattr');
    await writeFile(at('hosts'), 'old');
    execFileSync('chattr', [flag, at('hosts')]);
    try {
      await expect(host.writeFile(at('hosts'), 'new')).rejects.toMatchObject({ code: 'file-locked' });
      await expect(host.removeFile(at('hosts'))).rejects.toMatchObject({ code: 'file-locked' });
      expect(await readFile(at('hosts'), 'utf8')).toBe('old');
    } finally {
      execFileSync('chattr', ['-i', '-a', at('hosts')]);
    }
  });
});

test('a folder in place of a file, and a file in place of its folder, are reported by their code and stay', async () => {
  await mkdir(at('etc/daemon.json'), { recursive: true });
  await writeFile(at('docker'), 'x');
  const misplaced = { code: 'file-misplaced' };
  await expect(host.writeFile(at('etc/daemon.json'), 'new')).rejects.toMatchObject(misplaced);
  await expect(host.removeFile(at('etc/daemon.json'))).rejects.toMatchObject(misplaced);
  await expect(host.writeFile(at('docker/certs/ca'), 'new')).rejects.toMatchObject(misplaced);
  expect((await readdir(at('etc'))).concat(await readFile(at('docker'), 'utf8'))).toEqual(['daemon.json', 'x']);
});

describe('what keeps a file from being changed is found without changing it:', () => {
  const attributed = async (flag: string, path: string, look: () => Promise<void>) => {
    requireRoot('chattr');
    execFileSync('chattr', [`+${flag}`, path]);
    await look().finally(() => execFileSync('chattr', [`-${flag}`, path]));
  };

  test('nothing', async () => {
    await writeFile(at('hosts'), 'x');
    const before = await stat(at('hosts'));
    expect([await host.lock(at('hosts')), await host.lock(at('new/file'))]).toEqual([null, null]);
    expect(await stat(at('hosts'))).toMatchObject({ mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs });
  });

  test.each([
    ['i', 'immutable'],
    ['a', 'append-only'],
  ])('an attribute of the file, also behind a link: %s', async (flag, lock) => {
    await writeFile(at('real'), 'x');
    await symlink('real', at('link'));
    await attributed(flag, at('real'), async () => {
      expect(await host.lock(at('link'))).toEqual({ path: at('real'), lock });
    });
  });

  test('an immutable folder, for a file that does not exist yet', async () => {
    await mkdir(at('etc'));
    await attributed('i', at('etc'), async () => {
      expect(await host.lock(at('etc/docker/daemon.json'))).toEqual({ path: at('etc'), lock: 'immutable' });
    });
  });

  test('a folder in place of the file, and a file in place of its folder', async () => {
    await mkdir(at('etc/daemon.json'), { recursive: true });
    await writeFile(at('docker'), 'x');
    expect(await host.lock(at('etc/daemon.json'))).toEqual({ path: at('etc/daemon.json'), lock: 'directory' });
    expect(await host.lock(at('docker/certs/ca'))).toEqual({ path: at('docker'), lock: 'no-directory' });
  });

  test('nothing, behind a link to a folder, which a write replaces', async () => {
    await mkdir(at('folder'));
    await symlink('folder', at('hosts'));
    expect(await host.lock(at('hosts'))).toBeNull();
  });

  test('a read-only mount', async () => {
    requireRoot('a mount');
    await mkdir(at('etc'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', at('etc')]);
    try {
      expect(await host.lock(at('etc/x'))).toEqual({ path: at('etc'), lock: 'read-only' });
    } finally {
      execFileSync('umount', [at('etc')]);
    }
  });
});

test('folders are readable by others, whatever the caller’s umask', () => {
  const agent = join(import.meta.dirname, '../../../agent/main.ts');
  const script = `
    import { mkdirSync } from 'node:fs';
    process.on('exit', () => mkdirSync('${at('net.d')}'));
    process.argv[2] = 'help';
    await import('${agent}');`;
  execFileSync('sh', ['-c', 'umask 077; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', script]);
  expect(execFileSync('stat', ['-c', '%a', at('net.d')]).toString()).toBe('755\n');
});
