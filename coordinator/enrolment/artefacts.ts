import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { manifestName, releaseKeyName, releaseSchema } from '../../shared/protocol/release.ts';

export interface Artefact {
  /** File name, such as agent.tar.gz. */
  name: string;
  sha256: string;
}

/** The folder of the files that the installer downloads. Each version of a file is hashed once. */
export function createArtefacts(folder: string) {
  const hashes = new Map<string, Promise<string>>();

  async function hashOf(name: string): Promise<string> {
    const path = join(folder, name);
    const { ino, size, mtimeMs } = await stat(path);
    const key = `${name}:${ino}:${size}:${mtimeMs}`;
    const known = hashes.get(key) ?? sha256File(path);
    hashes.set(key, known);
    return known;
  }

  return {
    folder,
    /** The version of the release for agents, or null. */
    async version(): Promise<string | null> {
      const text = await readFile(join(folder, manifestName(process.arch)), 'utf8').catch(() => null);
      const parsed = text === null ? null : releaseSchema.safeParse(jsonOrUndefined(text));
      return parsed?.success ? parsed.data.version : null;
    },
    /**
     * The installer's template, the artefacts that it names and the release key. Throws MusterError 503
     * `artefacts-missing`.
     */
    async read(): Promise<{ template: string; artefacts: Artefact[]; releaseKey: string }> {
      try {
        const template = await readFile(join(folder, 'install.sh'), 'utf8');
        const names = (await readdir(folder)).filter((name) => name.endsWith('.tar.gz')).sort();
        const artefacts = await Promise.all(names.map(async (name) => ({ name, sha256: await hashOf(name) })));
        const releaseKey = await readFile(join(folder, releaseKeyName), 'utf8');
        return { template, artefacts, releaseKey };
      } catch (cause) {
        throw new MusterError('artefacts-missing', { folder }, { cause });
      }
    },
  };
}

export type Artefacts = ReturnType<typeof createArtefacts>;

async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
