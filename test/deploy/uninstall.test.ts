import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository } from './release.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

const agentFiles = [
  '/etc/muster-agent/config.json',
  '/etc/systemd/system/muster-agent.service',
  '/opt/muster/agent/main.js',
  '/opt/muster/runtime/bin/node',
  '/usr/local/bin/muster-agent',
  '/var/lib/muster-agent/credential.json',
];
const coordinatorFiles = [
  '/etc/systemd/system/muster-coordinator.service',
  '/opt/muster/coordinator/main.js',
  '/usr/local/bin/muster',
  '/usr/local/share/bash-completion/completions/muster',
  '/usr/local/share/zsh/site-functions/_muster',
  '/var/lib/muster/muster.db',
];

describe('uninstall.sh', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await openSandbox();
    for (const file of agentFiles) await sandbox.write(file, 'x');
    await sandbox.write(
      '/opt/muster/agent/uninstall.sh',
      await readFile(path.join(repository, 'deploy/uninstall.sh'), 'utf8'),
      '0755',
    );
  });
  afterEach(() => sandbox.close());

  const uninstall = (...args: string[]) => sandbox.run(['/opt/muster/agent/uninstall.sh', ...args]);
  const left = async (files: string[]) => {
    const there = await Promise.all(files.map(async (file) => ((await sandbox.read(file)) === null ? [] : [file])));
    return there.flat();
  };

  test('removes the agent, keeps Kubernetes and says how to remove it', async () => {
    await sandbox.write('/etc/kubernetes/kubelet.conf', 'x');
    const { code, stdout } = await uninstall('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('kubeadm reset');
    expect(await left([...agentFiles, '/etc/kubernetes/kubelet.conf'])).toEqual(['/etc/kubernetes/kubelet.conf']);
    expect(await sandbox.list('/opt')).not.toContainEqual(expect.stringContaining('/opt/muster'));
    expect(await sandbox.read('/tmp/systemctl')).toContain('stop muster-agent.service');
  });

  test('removes only the coordinator of a host that is no longer a control plane; the agent keeps running', async () => {
    for (const file of coordinatorFiles) await sandbox.write(file, 'x');
    await sandbox.write('/opt/muster/releases/artefacts-1/setup.sh', 'x');
    expect((await uninstall('--only-coordinator')).code).toBe(0);
    expect(await left([...coordinatorFiles, '/opt/muster/releases/artefacts-1/setup.sh'])).toEqual([]);
    expect(await left(agentFiles)).toEqual(agentFiles);
    expect(await sandbox.read('/tmp/systemctl')).not.toContain('muster-agent.service');
  });

  test('removes the coordinator with the agent where it was one of several', async () => {
    for (const file of coordinatorFiles) await sandbox.write(file, 'x');
    await sandbox.write('/var/lib/muster-agent/coordinator-installed', '');
    await sandbox.write('/usr/local/bin/muster-agent', '#!/bin/sh\n', '0755');
    expect((await uninstall('--yes', '--restore')).code).toBe(0);
    expect(await left([...coordinatorFiles, ...agentFiles])).toEqual([]);
  });

  test('of a retired host removes nothing once the host is enrolled again', async () => {
    await sandbox.write('/usr/local/bin/muster-agent', '#!/bin/sh\n', '0755');
    const departed = () => uninstall('--yes', '--restore', '--departed');
    expect((await departed()).code).toBe(0);
    expect(await left(agentFiles)).toEqual(agentFiles);
    await sandbox.write('/var/lib/muster-agent/leaving', 'uninstall-op-1');
    expect((await departed()).code).toBe(0);
    expect(await left(agentFiles)).toEqual([]);
  });

  test('removes nothing while muster is installed', async () => {
    const script = '/opt/muster/agent/uninstall.sh';
    const { code, stderr } = await sandbox.run(['flock', '/run/muster-install.lock', script, '--yes']);
    expect({ code, stderr }).toMatchObject({ code: 75, stderr: expect.stringContaining('being installed') });
    expect(await left(agentFiles)).toEqual(agentFiles);
  });

  test('keeps what the host’s files contained before', async () => {
    await sandbox.write('/var/lib/muster-agent/prior/etc/fstab', 'swap');
    const { stdout } = await uninstall('--yes');
    expect(stdout).toContain('/var/lib/muster-agent/prior');
    expect(await sandbox.read('/var/lib/muster-agent/prior/etc/fstab')).toBe('swap');
    expect(await left(agentFiles)).toEqual([]);
  });

  test('keeps the coordinator and the runtime that it uses', async () => {
    for (const file of coordinatorFiles) await sandbox.write(file, 'x');
    expect(await uninstall('--yes')).toMatchObject({ code: 0 });
    const kept = [...coordinatorFiles, '/opt/muster/runtime/bin/node'];
    expect(await left([...agentFiles, ...kept])).toEqual(expect.arrayContaining(kept));
  });

  test('removes the coordinator with --coordinator, and keeps the plan', async () => {
    for (const file of coordinatorFiles) await sandbox.write(file, 'x');
    await sandbox.write('/etc/muster/cluster.yaml', 'plan');
    expect(await uninstall('--yes', '--coordinator')).toMatchObject({ code: 0 });
    expect(await left([...agentFiles, ...coordinatorFiles, '/etc/muster/cluster.yaml'])).toEqual([
      '/etc/muster/cluster.yaml',
    ]);
  });

  describe('with --restore', () => {
    const putsBack = (code: number) =>
      sandbox.write('/usr/local/bin/muster-agent', `#!/bin/sh\necho "$*" >>/tmp/agent\nexit ${code}\n`, '0755');

    test('has the agent restore everything before removing it, without the note that Kubernetes stays', async () => {
      await putsBack(0);
      await sandbox.write('/etc/kubernetes/kubelet.conf', 'x');
      const { code, stdout } = await uninstall('--yes', '--restore', '--purge', '--give-up-cluster');
      expect(code).toBe(0);
      expect(await sandbox.read('/tmp/agent')).toBe('put-back --purge --give-up-cluster');
      expect(stdout).not.toContain('keeps running');
      expect(stdout).toContain('kubectl delete node');
      expect(await left(agentFiles)).toEqual([]);
      expect(await sandbox.read('/tmp/systemctl')).toContain('stop muster-agent.service');
    });

    test('removes nothing when the restore is incomplete, so that it can be run again', async () => {
      await putsBack(1);
      expect(await uninstall('--yes', '--restore')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('uninstall.sh --yes --restore'),
      });
      expect(await left(agentFiles)).toEqual(agentFiles);
    });

    test('is required by its sub-options', async () => {
      expect(await uninstall('--yes', '--purge')).toMatchObject({ code: 64 });
      expect(await left(agentFiles)).toEqual(agentFiles);
    });
  });

  test('is refused without a terminal to ask on, and names --yes', async () => {
    expect(await uninstall()).toMatchObject({ code: 64, stderr: expect.stringContaining('uninstall.sh --yes') });
    expect(await left(agentFiles)).toEqual(agentFiles);
  });

  test('waits for kubeadm instead of interrupting it', async () => {
    await sandbox.write(
      '/tmp/units',
      'muster-agent.service loaded active\nmuster-kubeadm-join.service loaded active running x\n',
    );
    expect(await uninstall('--yes')).toMatchObject({
      code: 75,
      stderr: expect.stringContaining('muster-kubeadm-join.service is running'),
    });
    expect(await left(agentFiles)).toEqual(agentFiles);
  });

  test('removes nothing when systemd does not report what is running', async () => {
    await sandbox.write('/tmp/fail-systemctl-list-units', '');
    expect(await uninstall('--yes')).toMatchObject({ code: 69 });
    expect(await left(agentFiles)).toEqual(agentFiles);
  });
});
