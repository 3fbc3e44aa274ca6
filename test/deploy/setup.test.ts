import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeRelease } from './release.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

const ours = ['/opt', '/etc/muster', '/usr/local/bin', '/etc/systemd/system', '/etc/passwd', '/var/lib', '/var/tmp'];

describe('setup.sh', () => {
  let folder: string;
  let release: string;
  let newer: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'muster-setup-'));
    release = await fakeRelease(folder, 'one');
    newer = await fakeRelease(folder, 'two');
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    sandbox = await openSandbox();
    for (const name of [release, newer]) {
      const archive = path.join(folder, `${name}.tar.gz`);
      await sandbox.run(['tar', '-xz', '-C', '/root'], { input: await readFile(archive) });
    }
    await sandbox.write('/root/plan.yaml', 'cluster: demo\n');
    await sandbox.write('/usr/local/sbin/sleep', '#!/bin/sh\n', '0755');
  });
  afterEach(() => sandbox.close());

  const setup = (...args: string[]) => sandbox.run([`/root/${release}/setup.sh`, ...args]);
  const update = (...args: string[]) => sandbox.run([`/root/${newer}/setup.sh`, ...args]);
  const systemctl = async () => ((await sandbox.read('/tmp/systemctl')) ?? '').split('\n').filter(Boolean);

  test('names an active firewall, which the agent on this host has to open first', async () => {
    await sandbox.run(['sh', '-c', 'mkdir -p /etc/ufw && echo ENABLED=yes >/etc/ufw/ufw.conf']);
    const { code, stdout } = await setup('--plan', '/root/plan.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('ufw');
  });

  test('installs the coordinator with its plan, starts it and prints the next step', async () => {
    const { code, stdout, stderr } = await setup('--plan', '/root/plan.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('muster token create --workers');
    expect(await systemctl()).toEqual([
      'daemon-reload',
      '--quiet enable muster-coordinator.service',
      'restart muster-coordinator.service',
    ]);
    expect(await sandbox.list('/etc/muster')).toEqual([
      '-rw-r----- root:muster /etc/muster/cluster.yaml',
      'drwxr-x--- root:muster /etc/muster',
    ]);
    expect(await sandbox.list('/opt/muster/artefacts/')).toEqual([
      '-rw-r--r-- root:root /opt/muster/artefacts/.complete',
      '-rw-r--r-- root:root /opt/muster/artefacts/agent.tar.gz',
      '-rw-r--r-- root:root /opt/muster/artefacts/common.sh',
      '-rw-r--r-- root:root /opt/muster/artefacts/coordinator.tar.gz',
      '-rw-r--r-- root:root /opt/muster/artefacts/install.sh',
      `-rw-r--r-- root:root /opt/muster/artefacts/release-${process.arch}.json`,
      `-rw-r--r-- root:root /opt/muster/artefacts/release-${process.arch}.json.sig`,
      '-rw-r--r-- root:root /opt/muster/artefacts/release.pub',
      `-rw-r--r-- root:root /opt/muster/artefacts/runtime-${process.arch}.tar.gz`,
      '-rw-r--r-- root:root /opt/muster/artefacts/setup.sh',
      'drwxr-xr-x root:root /opt/muster/artefacts/',
    ]);
    const user = await sandbox.run(['getent', 'passwd', 'muster']);
    expect(user.stdout).toMatch(/:\/var\/lib\/muster:\/usr\/sbin\/nologin$/);
  });

  test('as a standby: takes the keys, installs no plan, and does not wait for an answer', async () => {
    await sandbox.write('/run/keys/ca.key', 'the key', '0600');
    await sandbox.write('/tmp/node-status-ends', '1');
    expect(await setup('--standby', '/run/keys')).toMatchObject({ code: 0, stderr: '' });
    expect(await sandbox.list('/var/lib/muster/')).toEqual([
      '-rw------- muster:muster /var/lib/muster/ca.key',
      'drwx------ muster:muster /var/lib/muster/',
    ]);
    expect(await sandbox.list('/etc/muster/')).toEqual(['drwxrwx--- root:muster /etc/muster/']);
    expect(await systemctl()).toContain('restart muster-coordinator.service');
    await sandbox.run(['rm', '/run/keys/ca.key']);
    expect(await update('--standby', '/run/keys')).toMatchObject({ code: 0 });
    expect(await sandbox.read('/var/lib/muster/ca.key')).toBe('the key');
  });

  test('as a standby: sets the plan of an earlier coordinator aside, and takes the files beside it over', async () => {
    await sandbox.write('/etc/muster/cluster.yaml', 'cluster: former', '0640');
    await sandbox.write('/etc/muster/keys/k8s.asc', 'a key', '0640');
    await sandbox.write('/run/keys/ca.key', 'the key', '0600');
    await sandbox.write('/tmp/node-status-ends', '1');
    expect(await setup('--standby', '/run/keys')).toMatchObject({ code: 0, stderr: '' });
    const there = (await sandbox.list('/etc/muster/')).map((line) => line.replace(/before-\w+/, 'before-TIME'));
    expect(there.toSorted()).toEqual([
      '-rw-r----- root:muster /etc/muster/cluster.yaml.before-TIME',
      '-rw-r----- root:muster /etc/muster/keys/k8s.asc',
      'drwxrwx--- root:muster /etc/muster/',
      'drwxrwx--- root:muster /etc/muster/keys',
    ]);
  });

  test('where an earlier coordinator shared its plan: installs the given one as root', async () => {
    await sandbox.write('/etc/muster/cluster.yaml', 'cluster: former', '0640');
    await sandbox.run(['chmod', '0770', '/etc/muster']);
    expect(await setup('--plan', '/root/plan.yaml')).toMatchObject({ code: 0 });
    expect(await sandbox.list('/etc/muster')).toContain('-rw-r----- root:muster /etc/muster/cluster.yaml');
  });

  test('as a standby: places no key in a folder that its user has linked to', async () => {
    await sandbox.write('/run/keys/ca.key', 'the key', '0600');
    await setup('--standby', '/run/keys');
    await sandbox.run(['mkdir', '/etc/elsewhere']);
    await sandbox.run(['ln', '-sfn', '/etc/elsewhere', '/var/lib/muster/ca.key']);
    expect(await update('--standby', '/run/keys')).toMatchObject({ code: 0 });
    expect(await sandbox.read('/var/lib/muster/ca.key')).toBe('the key');
    expect(await sandbox.list('/etc/elsewhere')).toEqual(['drwxr-xr-x root:root /etc/elsewhere']);
  });

  test('where coordinators share the plan: writes it as their user, through no link', async () => {
    await setup('--standby', '/run/keys');
    await sandbox.run(['ln', '-s', '/root/plan.yaml', '/etc/muster/cluster.yaml.partial']);
    await sandbox.write('/root/other.yaml', 'cluster: other\n');
    await sandbox.run(['chmod', '0755', '/root']);
    expect((await update('--plan', '/root/other.yaml')).code).not.toBe(0);
    expect(await sandbox.read('/root/plan.yaml')).toBe('cluster: demo');
    await sandbox.run(['rm', '/etc/muster/cluster.yaml.partial']);
    expect(await update('--plan', '/root/other.yaml')).toMatchObject({ code: 0 });
    expect(await sandbox.list('/etc/muster')).toContain('-rw-r----- muster:muster /etc/muster/cluster.yaml');
  });

  test('a restore where coordinators shared the plan: follows no link that their user left', async () => {
    await setup('--standby', '/run/keys');
    /** As the coordinator may do while the folder is shared. */
    async function link(name: string): Promise<void> {
      await sandbox.run(['chmod', '0770', '/etc/muster']);
      const { code } = await sandbox.run(['runuser', '-u', 'muster', '--', 'ln', '-sf', '/etc/of-root', name]);
      expect(code).toBe(0);
    }
    await sandbox.write('/etc/of-root', 'secret', '0600');
    await sandbox.write('/root/other.yaml', 'cluster: other\n');
    await sandbox.write('/root/kept.backup', 'a backup', '0600');
    const restore = async (...args: string[]) => {
      await sandbox.run(['rm', '-rf', '/var/lib/muster']);
      return (await update('--restore', '/root/kept.backup', ...args)).code;
    };
    await link('/etc/muster/cluster.yaml');
    expect(await restore()).toBe(77);
    await link('/etc/muster/cluster.yaml.partial');
    expect(await restore('--plan', '/root/other.yaml')).toBe(0);
    expect(await sandbox.list('/etc/of-root')).toEqual(['-rw------- root:root /etc/of-root']);
    expect(await sandbox.read('/etc/of-root')).toBe('secret');
    expect(await sandbox.read('/etc/muster/cluster.yaml')).toBe('cluster: other');
  });

  test('an invalid plan: passes its problems on and leaves the host unchanged', async () => {
    const before = await sandbox.list(...ours);
    await sandbox.write('/tmp/node-says', 'plan.yaml:1: two hosts are named node01\n');
    await sandbox.write('/tmp/node-ends', '65');
    const { code, stderr } = await setup('--plan', '/root/plan.yaml');
    expect(code).toBe(65);
    expect(stderr).toMatch(/^plan\.yaml:1: two hosts are named node01\n/);
    expect(await sandbox.list(...ours)).toEqual(before);
  });

  test('a missing plan: reports it before anything else', async () => {
    const { code, stderr } = await setup('--plan', '/root/nothing.yaml');
    expect({ code, stderr }).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('plan not found: /root/nothing.yaml'),
    });
    expect(await sandbox.read('/tmp/node')).toBeNull();
  });

  test('without a plan: installs an example and prints what to do', async () => {
    const { code, stdout } = await setup();
    expect(code).toBe(0);
    expect(stdout).toContain('cp /etc/muster/cluster.yaml.example /etc/muster/cluster.yaml');
    expect(await sandbox.read('/etc/muster/cluster.yaml.example')).toContain('master01');
    expect(await sandbox.read('/etc/muster/cluster.yaml')).toBeNull();
  });

  test('an update keeps the plan, and checks it before any change', async () => {
    await setup('--plan', '/root/plan.yaml');
    await sandbox.run(['rm', '/tmp/node']);
    expect(await update()).toMatchObject({ code: 0 });
    expect(await sandbox.read('/etc/muster/cluster.yaml')).toBe('cluster: demo');
    expect(await sandbox.read('/opt/muster/coordinator/main.js')).toBe('two');
    const asked = ((await sandbox.read('/tmp/node')) ?? '').split('\n');
    expect(asked[0]).toMatch(/releases\/coordinator-[0-9a-f]{12}\/main\.js plan check \/etc\/muster\/cluster\.yaml$/);
    const releases = await sandbox.run(['ls', '/opt/muster/releases']);
    expect(releases.stdout.split('\n').map((name) => name.split('-')[0])).toEqual([
      'artefacts',
      'coordinator',
      'runtime',
    ]);
  });

  test('restores a coordinator from a backup with the given key file, before its start', async () => {
    await sandbox.write('/root/kept.backup', 'a backup', '0600');
    expect(await setup('--restore', '/root/kept.backup', '--key-file', '/root/key')).toMatchObject({ code: 0 });
    const calls = ((await sandbox.read('/tmp/calls')) ?? '').split('\n');
    const work = calls.filter((line) => !line.includes(' completion '));
    expect(work[0]).toMatch(/coordinator\/main\.js restore \/root\/kept\.backup --key-file \/root\/key$/);
    expect(work).toContain('systemctl restart muster-coordinator.service');
  });

  test('a backup that cannot be restored: leaves the host unchanged', async () => {
    const before = await sandbox.list(...ours);
    await sandbox.write('/root/kept.backup', 'a backup', '0600');
    await sandbox.write('/tmp/node-ends', '65');
    expect(await setup('--restore', '/root/kept.backup')).toMatchObject({ code: 65 });
    expect((await sandbox.list(...ours)).filter((line) => !/passwd/.test(line))).toEqual(
      before.filter((line) => !/passwd/.test(line)),
    );
    expect(await setup('--restore', '/root/nothing')).toMatchObject({ code: 65 });
  });

  test('a newer release that does not answer: the older one continues', async () => {
    await setup('--plan', '/root/plan.yaml');
    const before = await sandbox.list(...ours);
    await sandbox.write('/tmp/node-status-ends', '69');
    const { code, stderr } = await update();
    expect(code).toBe(69);
    expect(stderr).toContain('the coordinator does not answer');
    expect(await sandbox.list(...ours)).toEqual(before);
    expect((await systemctl()).at(-1)).toBe('restart muster-coordinator.service');
  });

  test('a first installation that does not answer: is stopped and removed', async () => {
    await sandbox.write('/tmp/node-status-ends', '69');
    expect(await setup('--plan', '/root/plan.yaml')).toMatchObject({ code: 69 });
    expect((await systemctl()).at(-1)).toBe('stop muster-coordinator.service');
    expect(await sandbox.read('/etc/systemd/system/muster-coordinator.service')).toBeNull();
  });

  test('an archive for another architecture', async () => {
    await sandbox.run(['rm', `/root/${release}/runtime-${process.arch}.tar.gz`]);
    expect(await setup()).toMatchObject({ code: 65, stderr: expect.stringContaining('for another architecture') });
  });

  test.each([
    [['--plan'], '--plan requires a file'],
    [['--frobnicate'], 'unknown option: --frobnicate'],
  ])('refuses %j', async (args, message) => {
    expect(await setup(...args)).toMatchObject({ code: 64, stderr: expect.stringContaining(message) });
  });
});
