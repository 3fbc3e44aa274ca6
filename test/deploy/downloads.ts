import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Origin, startOrigin } from './origin.ts';
import { fakeArtefacts } from './release.ts';

export const token = 'muster-secretsecret';

/** The folders in which install.sh changes anything. */
export const ours = ['/opt', '/etc/muster-agent', '/usr/local/bin', '/etc/systemd/system', '/var/lib', '/var/tmp'];

export interface Downloads {
  folder: string;
  origin: Origin;
  /** Artefacts of two releases. */
  first: Record<string, Buffer>;
  second: Record<string, Buffer>;
  close(): Promise<void>;
}

/** A coordinator from which install.sh downloads. */
export async function startDownloads(): Promise<Downloads> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-install-'));
  const origin = await startOrigin(folder);
  return {
    ...{ folder, origin, first: await fakeArtefacts(folder, 'one'), second: await fakeArtefacts(folder, 'two') },
    async close() {
      await origin.close();
      await rm(folder, { recursive: true });
    },
  };
}
