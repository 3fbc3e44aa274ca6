import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository } from './release.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

const state = '/var/lib/muster-agent/update';

describe('update-guard', () => {
  let sandbox: Sandbox;
  const guard = (verb: string) => sandbox.run(['/opt/muster/update-guard', verb]);
  const links = async () =>
    Promise.all(
      ['agent', 'runtime'].map(async (name) => (await sandbox.run(['readlink', `/opt/muster/${name}`])).stdout),
    );

  beforeEach(async () => {
    sandbox = await openSandbox();
    const script = await readFile(path.join(repository, 'deploy/update-guard.sh'), 'utf8');
    await sandbox.write('/opt/muster/update-guard', script, '0755');
    await sandbox.write('/usr/local/bin/systemd-run', '#!/bin/sh\necho "$*" >>/tmp/systemd-run\n', '0755');
    // No timer is active.
    await sandbox.write(
      '/usr/local/bin/systemctl',
      '#!/bin/sh\necho "$*" >>/tmp/systemctl\n[ "$2" != is-active ]\n',
      '0755',
    );
    for (const name of ['agent-old', 'agent-new', 'runtime-old', 'runtime-new']) {
      await sandbox.write(`/opt/muster/releases/${name}/file`, name);
    }
    await sandbox.run(['ln', '-s', 'releases/agent-new', '/opt/muster/agent']);
    await sandbox.run(['ln', '-s', 'releases/runtime-new', '/opt/muster/runtime']);
  });
  afterEach(() => sandbox.close());

  const trial = () =>
    sandbox.write(`${state}/trial`, 'version=0.2.0\nagent=releases/agent-old\nruntime=releases/runtime-old\n', '0600');

  test('without a trial: does nothing, at a start or when its timer ends', async () => {
    expect(await guard('start')).toMatchObject({ code: 0 });
    expect(await guard('expire')).toMatchObject({ code: 0 });
    expect(await sandbox.read('/tmp/systemd-run')).toBeNull();
    expect(await links()).toEqual(['releases/agent-new', 'releases/runtime-new']);
  });

  test('limits a trial with a systemd timer', async () => {
    await trial();
    expect(await guard('start')).toMatchObject({ code: 0, stderr: '' });
    expect(await sandbox.read('/tmp/systemd-run')).toBe(
      '--quiet --unit=muster-update-guard --on-active=55 --timer-property=AccuracySec=1s /opt/muster/update-guard expire',
    );
  });

  test('restores the previous agent and runtime, reports why, and starts it', async () => {
    await trial();
    expect(await guard('expire')).toMatchObject({ code: 0, stderr: '' });
    expect(await links()).toEqual(['releases/agent-old', 'releases/runtime-old']);
    expect(await sandbox.read(`${state}/trial`)).toBeNull();
    expect(await sandbox.read(`${state}/failed`)).toMatch(
      /^version=0\.2\.0\nmessage=0\.2\.0 did not report within a minute/,
    );
    expect(await sandbox.read('/tmp/systemctl')).toContain('restart muster-agent.service');
  });

  test('a corrupt file ends the trial and is not followed', async () => {
    await sandbox.write(`${state}/trial`, 'version=x\nagent=../../etc\nruntime=releases/none\n');
    expect(await guard('expire')).toMatchObject({ code: 0 });
    expect(await links()).toEqual(['releases/agent-new', 'releases/runtime-new']);
    expect(await sandbox.read(`${state}/trial`)).toBeNull();
  });
});
