import { hash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openPlanFile, type PlanFile } from '../../../coordinator/plan/plan-file.ts';
import { createNews } from '../../../coordinator/store/news.ts';
import { tgz } from '../../shared/plan/plan-text.ts';
import { planText, removeFolder, tempFolder } from '../support.ts';

let folder: string;
let file: PlanFile | undefined;
let changes = 0;
beforeEach(() => {
  vi.useFakeTimers();
  folder = tempFolder();
  changes = 0;
});
afterEach(() => {
  vi.useRealTimers();
  file?.close();
  removeFolder(folder);
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const open = () => {
  const news = createNews();
  news.on('planFile', () => changes++);
  return openPlanFile(join(folder, 'cluster.yaml'), { news, pollMs: 20 });
};
const withManifest = planText().replace('{calico: v3.24.1}', '{manifest: network.yaml}');
const manifest = () => file?.current().settings.network.plugin.manifest;
/** Lets it check the file ten times. */
const changed = async (count: number) => {
  await vi.advanceTimersByTimeAsync(200);
  expect(changes).toBe(count);
};

it('detects a change and the loss of a file that the plan references', async () => {
  write('network.yaml', 'kind: One');
  write('cluster.yaml', withManifest);
  file = open();
  expect(manifest()).toEqual({ text: 'kind: One' });
  write('network.yaml', 'kind: Second');
  await changed(1);
  expect(manifest()).toEqual({ text: 'kind: Second' });
  rmSync(join(folder, 'network.yaml'));
  await changed(2);
  expect(file.problems()).toHaveLength(1);
  expect(manifest()).toEqual({ text: 'kind: Second' });
});

it('reports warnings of a valid plan, until the plan is corrected', async () => {
  const doubtful = planText().replace('network:\n', 'network:\n  podSubnet: 172.168.0.0/16\n');
  write('cluster.yaml', doubtful);
  file = open();
  expect(file.warnings()).toMatchObject([{ code: 'subnet-public', file: 'cluster.yaml' }]);
  write('cluster.yaml', planText());
  await changed(1);
  expect(file.warnings()).toEqual([]);
});

it('serves a file that hosts download while the plan in force names it', async () => {
  const name = 'cri-dockerd-0.3.16.amd64.tgz';
  const put = (content: string) => {
    writeFileSync(join(folder, name), tgz(content));
    return hash('sha256', tgz(content));
  };
  const first = put('first');
  write('cluster.yaml', planText().replace('runtime: docker', `runtime: {name: docker, criDockerd: {file: ${name}}}`));
  file = open();
  expect(file.fileFor(first)).toBe(join(folder, name));
  const second = put('the second');
  await changed(1);
  expect([file.fileFor(first), file.fileFor(second)]).toEqual([null, join(folder, name)]);
});

it('keeps the plan while its file is missing, and reads it only when it changes', async () => {
  write('cluster.yaml', planText());
  file = open();
  rmSync(join(folder, 'cluster.yaml'));
  await changed(1);
  expect(file.problems()).toMatchObject([{ code: 'plan-file-unreadable', file: 'cluster.yaml' }]);
  expect(file.current().hosts).toHaveLength(3);
  write('cluster.yaml', planText());
  await changed(2);
  expect(file.problems()).toEqual([]);
});
