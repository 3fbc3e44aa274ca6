import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Downloads, ours, startDownloads, token } from './downloads.ts';
import { serveArtefacts } from './release.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

describe('install.sh refuses, with one line and a remedy,', () => {
  let downloads: Downloads;
  let sandbox: Sandbox;
  let script: string;
  let before: string[];

  beforeAll(async () => {
    downloads = await startDownloads();
  });
  afterAll(() => downloads.close());
  beforeEach(async () => {
    sandbox = await openSandbox();
    script = await serveArtefacts(downloads.origin, downloads.first);
    before = await sandbox.list(...ours);
  });
  afterEach(async () => {
    const after = await sandbox.list(...ours);
    await sandbox.close();
    expect(after).toEqual(before);
    expect(downloads.origin.requests).toEqual([]);
  });

  const install = (env: Record<string, string> = { MUSTER_TOKEN: token }) =>
    sandbox.run(['sh'], { env, input: script });
  const fails = async (ended: Promise<{ code: number | undefined; stderr: string }>) => {
    const { code, stderr } = await ended;
    return { code, stderr };
  };

  test('a normal user', async () => {
    const ended = sandbox.run(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'sh'], {
      input: script,
    });
    expect(await fails(ended)).toEqual({
      code: 77,
      stderr: 'muster: root is required; running as nobody\n  curl ... | MUSTER_TOKEN=... sudo -E sh',
    });
  });

  test('a machine without systemd', async () => {
    await sandbox.run(['rmdir', '/run/systemd/system']);
    expect(await fails(install())).toEqual({
      code: 65,
      stderr: expect.stringMatching(/^muster: systemd is required/),
    });
  });

  test.each([
    ['debian', '10'],
    ['debian', ''],
    ['ubuntu', '16.04'],
    ['ubuntu', '23.10'],
    ['ubuntu', '24.10'],
    ['rocky', '9.3'],
  ])('%s %s', async (id, version) => {
    await sandbox.write('/etc/os-release', `ID=${id}\n${version && `VERSION_ID="${version}"\n`}`);
    expect(await fails(install())).toEqual({
      code: 65,
      stderr: expect.stringContaining(`this host runs ${id} ${version || 'unknown'}; supported: `),
    });
  });

  test('another architecture', async () => {
    await sandbox.write('/usr/local/bin/dpkg', '#!/bin/sh\necho armhf\n', '0755');
    const ended = await fails(install());
    await sandbox.run(['rm', '/usr/local/bin/dpkg']);
    expect(ended).toEqual({
      code: 65,
      stderr: expect.stringContaining('this host is armhf; supported: amd64, arm64'),
    });
  });

  test('a new host without a token', async () => {
    expect(await fails(install({}))).toEqual({ code: 64, stderr: expect.stringContaining('muster token create') });
  });

  test('a malformed token', async () => {
    const ended = await fails(install({ MUSTER_TOKEN: 'a$(reboot)' }));
    expect(ended).toEqual({ code: 65, stderr: expect.stringContaining('not an enrolment token') });
  });

  test('a host without curl', async () => {
    const bin = ['cat', 'cut', 'dpkg', 'flock', 'grep', 'gzip', 'id', 'sha256sum', 'tar'];
    await sandbox.run([
      'sh',
      '-c',
      `mkdir /tmp/bin; for p in ${bin.join(' ')}; do ln -s "$(command -v $p)" /tmp/bin; done`,
    ]);
    const ended = sandbox.run(['/bin/sh'], { env: { PATH: '/tmp/bin', MUSTER_TOKEN: token }, input: script });
    expect(await fails(ended)).toEqual({
      code: 69,
      stderr: 'muster: missing programs: curl\n  apt-get install -y curl',
    });
  });
});
