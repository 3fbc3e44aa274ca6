import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../../agent/link/config.ts';
import { openCoordinators } from '../../../agent/link/coordinators.ts';
import { type AgentPaths, pathsBelow } from '../../../agent/paths.ts';
import { silentLogger } from '../../../shared/logger.ts';

const [first, second, third] = [
  'https://192.168.0.130:7443',
  'https://192.168.0.131:7443',
  'https://192.168.0.132:7443',
];
let root: string;
let paths: AgentPaths;
let switches = 0;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-'));
  paths = pathsBelow(root);
  await mkdir(dirname(paths.config), { recursive: true });
  await writeFile(paths.ca, 'CA');
});
afterEach(() => rm(root, { recursive: true }));

async function open(config: object) {
  await writeFile(paths.config, JSON.stringify(config));
  const { urls } = await readConfig(paths);
  switches = 0;
  return openCoordinators({
    paths,
    urls,
    log: silentLogger(),
    onSwitch: () => {
      switches += 1;
    },
  });
}

describe('the known coordinators', () => {
  test('are those of the configuration, also of one that names a single coordinator', async () => {
    expect((await open({ coordinator: first })).inOrder()).toEqual([first]);
    expect((await open({ coordinator: second, coordinators: [first, second] })).inOrder()).toEqual([second, first]);
  });

  test('of a target are kept on disk, the one that answered last first', async () => {
    const coordinators = await open({ coordinator: first });
    coordinators.learn([first ?? '', second ?? '', third ?? '']);
    coordinators.answered(first ?? '');
    expect(switches).toBe(0);
    coordinators.answered(third ?? '');
    expect(switches).toBe(1);
    await coordinators.settled();
    expect(JSON.parse(await readFile(paths.config, 'utf8'))).toEqual({
      coordinator: third,
      coordinators: [third, first, second],
    });
    expect((await readConfig(paths)).urls).toEqual([third, first, second]);
  });

  test('that may lack what was acknowledged get it again with the next answer, once', async () => {
    const coordinators = await open({ coordinator: first, coordinators: [first, second] });
    coordinators.mayLack();
    expect(switches).toBe(0);
    coordinators.answered(first ?? '');
    coordinators.answered(first ?? '');
    expect(switches).toBe(1);
    coordinators.mayLack();
    coordinators.answered(second ?? '');
    coordinators.answered(second ?? '');
    expect(switches).toBe(2);
  });

  test('always include the one that answered, whatever a target names', async () => {
    const coordinators = await open({ coordinator: first, coordinators: [first, second] });
    coordinators.learn([third ?? '']);
    expect(coordinators.inOrder()).toEqual([first, third]);
    coordinators.learn([]);
    await coordinators.settled();
    expect(JSON.parse(await readFile(paths.config, 'utf8'))).toEqual({ coordinator: first });
  });
});
