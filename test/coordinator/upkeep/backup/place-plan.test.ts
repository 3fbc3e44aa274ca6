import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placePlan } from '../../../../coordinator/upkeep/backup/place-plan.ts';

const gid = 54_321;
const isRoot = process.getuid?.() === 0;
let root: string;
let from: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-'));
  [from, folder] = [join(root, 'from'), join(root, 'config')];
  mkdirSync(join(from, 'keys'), { recursive: true });
  mkdirSync(folder);
  mkdirSync(join(root, 'elsewhere'));
  writeFileSync(join(from, 'cluster.yaml'), 'cluster: restored');
  writeFileSync(join(from, 'plugin.yaml'), 'from the backup');
  writeFileSync(join(from, 'keys/k8s.asc'), 'key');
});
afterEach(() => rmSync(root, { recursive: true }));

const place = (replace: boolean, before = '.before-1') =>
  placePlan({ from, plan: join(folder, 'cluster.yaml'), before, replace, owner: isRoot ? { uid: gid, gid } : null });

it('keeps an existing plan unless it is to be replaced', async () => {
  writeFileSync(join(folder, 'cluster.yaml'), 'cluster: mine');
  expect(await place(false)).toBe(false);
  expect(readFileSync(join(folder, 'cluster.yaml'), 'utf8')).toBe('cluster: mine');
  expect(await place(true)).toBe(true);
  expect(readFileSync(join(folder, 'cluster.yaml'), 'utf8')).toBe('cluster: restored');
  expect(readFileSync(join(folder, 'keys/k8s.asc'), 'utf8')).toBe('key');
  expect(statSync(join(folder, 'cluster.yaml')).mode & 0o777).toBe(0o640);
});

it('writes through no link that the coordinator’s user has placed, and closes the folder to that user', async () => {
  writeFileSync(join(root, 'elsewhere/of-root'), 'of root');
  symlinkSync(join(root, 'elsewhere/of-root'), join(folder, 'plugin.yaml'));
  symlinkSync(join(root, 'elsewhere'), join(folder, 'keys'));
  symlinkSync(join(root, 'elsewhere/new'), join(folder, 'cluster.yaml'));
  if (isRoot) chownSync(folder, 0, gid);
  chmodSync(folder, 0o770);
  expect(await place(true)).toBe(true);
  expect(readdirSync(join(root, 'elsewhere'))).toEqual(['of-root']);
  expect(readFileSync(join(root, 'elsewhere/of-root'), 'utf8')).toBe('of root');
  for (const name of ['cluster.yaml', 'plugin.yaml', 'keys'])
    expect(lstatSync(join(folder, name)).isSymbolicLink(), name).toBe(false);
  if (isRoot) expect(statSync(folder).mode & 0o777).toBe(0o750);
});

it('keeps the plan and folders that it replaces, for each restore', async () => {
  for (const before of ['.before-1', '.before-2']) {
    rmSync(join(folder, 'keys'), { recursive: true, force: true });
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys/other.asc'), before);
    writeFileSync(join(folder, 'cluster.yaml'), before);
    expect(await place(true, before)).toBe(true);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['k8s.asc']);
  }
  for (const before of ['.before-1', '.before-2'])
    for (const name of [`keys${before}/other.asc`, `cluster.yaml${before}`])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(before);
});
