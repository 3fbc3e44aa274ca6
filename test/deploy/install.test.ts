import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { oneLiner } from '../../coordinator/enrolment/installer.ts';
import { type Downloads, ours, startDownloads, token } from './downloads.ts';
import { type Origin, startOrigin } from './origin.ts';
import { runtimeName, serveArtefacts } from './release.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe('install.sh', () => {
  let downloads: Downloads;
  let origin: Origin;
  let script: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    downloads = await startDownloads();
    origin = downloads.origin;
  });
  afterAll(() => downloads.close());
  beforeEach(async () => {
    sandbox = await openSandbox();
    script = await serveArtefacts(origin, downloads.first);
    origin.requests.length = 0;
  });
  afterEach(() => sandbox.close());

  /** Runs the script as the install command does: from standard input. */
  const install = (env: Record<string, string> = { MUSTER_TOKEN: token }, text = script) =>
    sandbox.run(['sh'], { env, input: text });
  const systemctl = async () => ((await sandbox.read('/tmp/systemctl')) ?? '').split('\n').filter(Boolean);
  const withoutPauses = () => sandbox.write('/usr/local/sbin/sleep', '#!/bin/sh\n', '0755');

  test('installs the agent, enrols the host and starts the service', async () => {
    const { code, stdout, stderr } = await install();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'muster: runtime: downloading',
      'muster: agent: downloading',
      `muster: enrolling at ${origin.url}`,
      'muster: starting muster-agent.service',
      expect.stringContaining(`Watch the progress: ${origin.url}/`),
    ]);
    expect(await sandbox.read('/etc/muster-agent/config.json')).toBe(`{"coordinator": "${origin.url}"}`);
    expect(await sandbox.read('/etc/muster-agent/ca.crt')).toBe(origin.caPem.trim());
    expect(await sandbox.read('/opt/muster/agent/main.js')).toBe('one');
    expect(await sandbox.read('/tmp/enrolment')).toBe(`700 root\n600 root\n${token}`);
    expect(await sandbox.read('/tmp/node')).toBe('--lite-mode /opt/muster/agent/main.js enrol');
    expect(await systemctl()).toEqual([
      'daemon-reload',
      '--quiet enable muster-agent.service',
      'restart muster-agent.service',
    ]);
    expect(await sandbox.list('/var/tmp')).toHaveLength(1);
  });

  test('ends the departure of a host that was retired before', async () => {
    await sandbox.write('/var/lib/muster-agent/leaving', 'uninstall-op-1');
    expect((await install()).code).toBe(0);
    expect(await sandbox.read('/var/lib/muster-agent/leaving')).toBeNull();
  });

  test('works as the pasted install command', async () => {
    const line = oneLiner({ urls: [origin.url], pin: origin.pin, token }).root;
    expect(await sandbox.run(['sh', '-c', line])).toMatchObject({ code: 0, stderr: '' });
    expect(await systemctl()).toContain('restart muster-agent.service');
  });

  test('takes the programs from the coordinator that answers, and gives the agent the addresses of all', async () => {
    const dead = 'https://127.0.0.1:1';
    script = await serveArtefacts(origin, downloads.first, {}, [dead, origin.url]);
    const line = oneLiner({ urls: [dead, origin.url], pin: origin.pin, token }).root;
    expect((await sandbox.run(['sh', '-c', line.replace('--retry 2', '--retry 0')])).code).toBe(0);
    expect(JSON.parse((await sandbox.read('/etc/muster-agent/config.json')) ?? '')).toEqual({
      coordinator: origin.url,
      coordinators: [dead, origin.url],
    });
    expect(await sandbox.read('/opt/muster/agent/main.js')).toBe('one');
  });

  test('pins the key of signed plans, keeps it without one, and refuses another', async () => {
    const [key, other] = [`${'A'.repeat(43)}=`, `${'B'.repeat(43)}=`];
    const pinned = () => sandbox.read('/etc/muster-agent/plan.pub');
    const line = oneLiner({ urls: [origin.url], pin: origin.pin, token, planKey: key }).root;
    expect(await sandbox.run(['sh', '-c', line])).toMatchObject({ code: 0, stderr: '' });
    expect(await pinned()).toBe(key);
    expect((await install()).code).toBe(0);
    expect((await install({ MUSTER_TOKEN: token, MUSTER_PLAN_KEY: other })).code).toBe(77);
    expect((await install({ MUSTER_TOKEN: token, MUSTER_PLAN_KEY: '$(reboot)' })).code).toBe(65);
    expect(await pinned()).toBe(key);
  });

  test('puts the token into no program’s arguments or environment', async () => {
    const { code, stderr } = await sandbox.run(['sh', '-x'], { env: { MUSTER_TOKEN: token }, input: script });
    expect(code).toBe(0);
    const builtIn = /^\++ (token=|printf |\[ |case )/;
    const traced = stderr.split('\n').filter((line) => line.includes(token));
    expect(traced.length).toBeGreaterThan(0);
    expect(traced.filter((line) => !builtIn.test(line))).toEqual([]);
    expect(await sandbox.read('/tmp/node-environment')).not.toContain(token);
  });

  test('updates without a token, keeps the credential, downloads only new artefacts and removes old ones', async () => {
    await install();
    origin.requests.length = 0;
    const { code, stdout } = await install({}, await serveArtefacts(origin, downloads.second));
    expect(code).toBe(0);
    expect(stdout).toContain('runtime: already installed');
    expect(origin.requests).toEqual(['/artefacts/agent.tar.gz']);
    expect(await sandbox.read('/opt/muster/agent/main.js')).toBe('two');
    expect(await sandbox.read('/var/lib/muster-agent/credential.json')).toBe('credential');
    const releases = await sandbox.run(['ls', '/opt/muster/releases']);
    expect(releases.stdout.split('\n')).toHaveLength(2);
  });

  test('unpacks again what may not have reached the disk', async () => {
    await install();
    await sandbox.run(['sh', '-c', 'rm /opt/muster/releases/*/.complete; : >/opt/muster/agent/main.js']);
    expect(await install()).toMatchObject({ code: 0 });
    expect(await sandbox.read('/opt/muster/agent/main.js')).toBe('one');
  });

  test('a refused token: passes the exit code on and leaves the host unchanged', async () => {
    const before = await sandbox.list(...ours);
    await sandbox.write('/tmp/node-ends', '77');
    await sandbox.write('/tmp/node-says', 'muster-agent: this token has expired\n');
    const { code, stderr } = await install();
    expect({ code, stderr }).toEqual({
      code: 77,
      stderr: 'muster-agent: this token has expired\nmuster: installation failed; the previous state was restored',
    });
    expect(await sandbox.list(...ours)).toEqual(before);
    expect(await systemctl()).toEqual([]);
  });

  test('a lost answer: keeps only the secret that the same token needs', async () => {
    const before = await sandbox.list(...ours);
    await sandbox.write('/tmp/node-ends', '69');
    expect(await install()).toMatchObject({ code: 69 });
    const added = (await sandbox.list(...ours)).filter((line) => !before.includes(line));
    expect(added.map((line) => line.split(' ')[2])).toEqual([
      '/var/lib/muster-agent/credential.json.pending',
      '/var/lib/muster-agent',
    ]);
    await sandbox.run(['rm', '/tmp/node-ends']);
    expect(await install()).toMatchObject({ code: 0 });
  });

  test('a failed update keeps the older agent, and restarts it if it was stopped', async () => {
    await install();
    const before = await sandbox.list(...ours);
    const update = await serveArtefacts(origin, downloads.second);
    await sandbox.write('/tmp/node-ends', '69');
    expect(await install({}, update)).toMatchObject({ code: 69 });
    expect(await sandbox.list(...ours)).toEqual(before);
    await sandbox.run(['rm', '/tmp/node-ends', '/tmp/systemctl']);
    await sandbox.write('/tmp/fail-systemctl---quiet', '');
    expect(await install({}, update)).toMatchObject({ code: 1 });
    expect(await sandbox.list(...ours)).toEqual(before);
    expect(await sandbox.read('/opt/muster/agent/main.js')).toBe('one');
    expect((await systemctl()).slice(-2)).toEqual(['daemon-reload', 'restart muster-agent.service']);
  });

  test('resumes an interrupted download', async () => {
    await withoutPauses();
    origin.cut(`/artefacts/${runtimeName}`, 100, 1);
    expect(await install()).toMatchObject({ code: 0, stderr: '' });
    expect(origin.requests.slice(0, 2)).toEqual([`/artefacts/${runtimeName}`, `/artefacts/${runtimeName} 100`]);
  });

  test('a download that is interrupted every time: stops and leaves the host unchanged', async () => {
    const before = await sandbox.list(...ours);
    await withoutPauses();
    origin.cut('/artefacts/agent.tar.gz', 0, 9);
    const { code, stderr } = await install();
    origin.cut('/artefacts/agent.tar.gz', 0, 0);
    expect(code).toBe(69);
    expect(stderr).toMatch(/cannot download \S+agent\.tar\.gz: curl: \(\d+\)/);
    expect(await sandbox.list(...ours)).toEqual(before);
  });

  test('a wrong checksum: uses nothing of the download', async () => {
    const before = await sandbox.list(...ours);
    const wrong = await serveArtefacts(origin, downloads.first, { 'agent.tar.gz': '0'.repeat(64) });
    const { code, stderr } = await install(undefined, wrong);
    expect(code).toBe(65);
    expect(stderr).toContain('agent.tar.gz has a wrong checksum');
    expect(await sandbox.list(...ours)).toEqual(before);
  });

  test('another CA: refuses the server', async () => {
    const other = await startOrigin(path.join(downloads.folder, 'other'));
    const { code, stderr } = await install(undefined, script.replace(origin.caPem.trim(), other.caPem.trim()));
    await other.close();
    expect(code).toBe(69);
    expect(stderr).toContain('does not present the expected certificate');
    expect(await sandbox.read('/tmp/node')).toBeNull();
  });

  test('a coordinator without a runtime for this host', async () => {
    const { [runtimeName]: _, ...rest } = downloads.first;
    const without = await serveArtefacts(origin, rest);
    expect(await install(undefined, without)).toMatchObject({
      code: 69,
      stderr: expect.stringContaining(`the coordinator has no ${runtimeName}`),
    });
  });

  test('a second installation at the same time has to wait', async () => {
    const { code, stderr } = await sandbox.run(['flock', '/run/muster-install.lock', 'sh', '-c', script], {
      env: { MUSTER_TOKEN: token },
    });
    expect({ code, stderr }).toMatchObject({ code: 75, stderr: expect.stringContaining('being installed') });
  });

  test('runs nothing when it is truncated anywhere before its end', async () => {
    const cuts = [...Array(600).keys(), ...Array.from({ length: 200 }, (_, index) => script.length - 2 - index)];
    for (let at = 600; at < script.length; at += 37) cuts.push(at);
    // No program of the host is found, so any word that runs shows in exit code 127 or in the output.
    const driver =
      'while read -r n; do head -c "$n" "$1" | env -i PATH=/nowhere /bin/sh >"$2" 2>&1; echo "$n $? $(wc -c <"$2")"; done';
    const file = path.join(downloads.folder, 'cut.sh');
    await writeFile(file, script);
    const { stdout } = await execa('sh', ['-c', driver, 'sh', file, path.join(downloads.folder, 'said')], {
      input: `${cuts.join('\n')}\n`,
    });
    const ran = stdout.split('\n').filter((line) => !/^\d+ (0 0|2 \d+)$/.test(line));
    expect(ran).toEqual([]);
  });
});
