import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { watchFolder } from '../../../agent/host/folder-watch.ts';

it('reports a removed file, a removed folder, and changes after the folder is recreated', async () => {
  const root = await mkdtemp(join(tmpdir(), 'muster-watch-'));
  const folder = join(root, 'kubernetes');
  const file = join(folder, 'kubelet.conf');
  await mkdir(folder);
  await writeFile(file, '');
  const controller = new AbortController();
  const told = vi.fn();
  watchFolder(folder, told, controller.signal);

  const isToldOf = async (act: () => Promise<unknown>) => {
    told.mockClear();
    await act();
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), { timeout: 30_000 });
  };
  await isToldOf(() => rm(file));
  await isToldOf(() => rm(folder, { recursive: true }));
  await isToldOf(() => mkdir(folder));
  await isToldOf(() => writeFile(file, ''));
  controller.abort();
  await rm(root, { recursive: true });
});
