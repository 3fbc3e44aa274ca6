import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeVersion } from '../../../deploy/build/node-binary.ts';
import { buildReleases } from '../../../deploy/build/release.ts';
import { runtimeFolder } from '../../../deploy/build/runtime.ts';
import { version } from '../../../shared/version.ts';
import { repository } from '../release.ts';

describe('buildReleases', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'muster-release-'));
    const runtimes = runtimeFolder(folder, await nodeVersion(repository, 'x64'));
    await mkdir(runtimes, { recursive: true });
    await writeFile(path.join(runtimes, 'runtime-x64.tar.gz'), 'a runtime that was built before');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function build(name: string): Promise<string> {
    const out = path.join(folder, name);
    const [archive = ''] = await buildReleases({ root: repository, out, cache: folder, arches: ['x64'] });
    return archive;
  }

  test('packs everything that setup.sh needs, with programs that need no node_modules, reproducibly', async () => {
    const archive = await build('first');
    expect(path.basename(archive)).toBe(`muster-${version}-linux-x64.tar.gz`);
    const { stdout } = await execa('tar', ['-tzf', archive]);
    const names = stdout.split('\n').map((name) => name.replace(`muster-${version}/`, ''));
    for (const name of ['setup.sh', 'common.sh', 'uninstall.sh', 'install.sh', 'LICENSE', 'examples/tutorial.yaml']) {
      expect(names).toContain(name);
    }
    for (const name of ['agent.tar.gz', 'coordinator.tar.gz', 'runtime-x64.tar.gz']) expect(names).toContain(name);

    await execa('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
    for (const [program, file] of [
      ['agent', 'uninstall.sh'],
      ['coordinator', 'assets/manifest.json'],
    ] as const) {
      const into = path.join(folder, program);
      await mkdir(into);
      await execa('tar', ['-xzf', path.join(folder, `${program}.tar.gz`), '-C', into]);
      const run = await execa(process.execPath, [path.join(into, 'main.js'), '--version']);
      expect(run.stdout).toBe(version);
      await readFile(path.join(into, file));
      await readFile(path.join(into, `muster-${program}.service`));
      expect(await readFile(path.join(into, 'LICENSES'), 'utf8')).toMatch(/^zod \d/m);
    }
    await copyFile(archive, path.join(folder, 'kept'));
    expect(await readFile(await build('second'))).toEqual(await readFile(path.join(folder, 'kept')));
  });
});
