import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isArch } from '../../../deploy/build/arch.ts';
import { bundle } from '../../../deploy/build/bundle.ts';
import { cacheFolder } from '../../../deploy/build/cache.ts';
import { nodeVersion } from '../../../deploy/build/node-binary.ts';
import { buildRuntime } from '../../../deploy/build/runtime.ts';
import { version } from '../../../shared/version.ts';
import { requireRoot } from '../../required.ts';
import { repository } from '../release.ts';

describe('the runtime, in a root directory without a C library', () => {
  let root: string;

  beforeAll(async () => {
    requireRoot('a root directory without a C library');
    root = await mkdtemp(path.join(tmpdir(), 'muster-bare-'));
    if (!isArch(process.arch)) throw new Error(`no runtime for ${process.arch}`);
    const archive = await buildRuntime({ root: repository, arch: process.arch, cache: cacheFolder() });
    await mkdir(path.join(root, 'opt/muster/runtime'), { recursive: true });
    await execa('tar', ['-xzf', archive, '-C', path.join(root, 'opt/muster/runtime')]);
    await bundle(repository, { name: 'agent', extra: {}, version }, path.join(root, 'opt/muster/agent'));
    await mkdir(path.join(root, 'etc'));
    await writeFile(path.join(root, 'etc/hosts'), '127.0.0.1 localhost\n192.0.2.7 coordinator.example\n');
  }, 240_000);
  afterAll(() => rm(root, { recursive: true }));

  const node = async (...args: string[]) =>
    (
      await execa('chroot', [root, '/opt/muster/runtime/bin/node', ...args], {
        env: { PATH: process.env.PATH },
        extendEnv: false,
      })
    ).stdout;

  test('has no C library to fall back on', async () => {
    for (const folder of ['lib', 'lib64', 'usr', 'proc'])
      await expect(access(path.join(root, folder))).rejects.toThrow();
  });

  test('is the version of Node that package.json pins', async () => {
    const { arch } = process;
    if (!isArch(arch)) throw new Error(`no runtime for ${arch}`);
    expect(await node('--version')).toBe(`v${await nodeVersion(repository, arch)}`);
  });

  test('resolves names', async () => {
    const script =
      "require('dns').promises.lookup('coordinator.example', 4).then(({ address }) => console.log(address))";
    expect(await node('-e', script)).toBe('192.0.2.7');
  });

  test('hashes, compresses and runs worker threads', async () => {
    const script = `
      const { createHash, pbkdf2 } = require('crypto');
      const { gunzipSync, gzipSync } = require('zlib');
      const { Worker } = require('worker_threads');
      console.log(createHash('sha256').update('').digest('hex').slice(0, 8));
      console.log(gunzipSync(gzipSync('compressed')).toString());
      pbkdf2('a', 'b', 1, 4, 'sha256', (error, key) => {
        console.log(key.toString('hex'));
        const code = "require('worker_threads').parentPort.postMessage('from a thread')";
        new Worker(code, { eval: true }).on('message', (message) => console.log(message));
      });`;
    expect((await node('-e', script)).split('\n')).toEqual([
      'e3b0c442',
      'compressed',
      expect.stringMatching(/^[0-9a-f]{8}$/),
      'from a thread',
    ]);
  });

  test('runs the agent', async () => {
    expect(await node('/opt/muster/agent/main.js', 'version')).toBe(version);
  });
});
