import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { readIfThere, writeAtomically } from '../../shared/node/files.ts';
import { type PageRole, pageRoles } from '../../shared/protocol/page.ts';

/** scrypt parameters: 32 MB and about 0.1 s per attempt. */
const cost = { N: 2 ** 15, r: 8, p: 1 };

const hashSchema = z.object({ N: z.number(), r: z.number(), p: z.number(), salt: z.string(), hash: z.string() });
const fileSchema = z.partialRecord(z.enum(pageRoles), hashSchema);
type Stored = z.infer<typeof hashSchema>;

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** Attempts that wait for their turn: some seconds. They may come from any number of addresses. */
const mostAttempts = 32;

export type Passwords = ReturnType<typeof createPasswords>;

/** The page's passwords: scrypt hashes in `passwords.json` in the state folder, readable only by the coordinator. */
export function createPasswords(state: string) {
  const path = join(state, 'passwords.json');
  // Serialized, so that simultaneous attempts need the memory of only one.
  let turn: Promise<unknown> = Promise.resolve();
  let attempts = 0;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function read(): Promise<z.infer<typeof fileSchema>> {
    const text = await readIfThere(path);
    return text === null ? {} : parseJson(fileSchema, text);
  }

  return {
    /** null removes it. */
    set: (role: PageRole, password: string | null): Promise<void> =>
      inTurn(async () => {
        const { [role]: _, ...others } = await read();
        const all = password === null ? others : { ...others, [role]: await hashOf(password) };
        await writeAtomically(path, `${JSON.stringify(all)}\n`, { mode: 0o600 });
      }),
    any: async (): Promise<boolean> => Object.keys(await read()).length > 0,
    /**
     * The most privileged role with this password; null: none. All attempts take the same time. Throws MusterError 503
     * `sign-ins-busy` if many wait.
     */
    async roleOf(password: string): Promise<PageRole | null> {
      if (attempts >= mostAttempts) throw new MusterError('sign-ins-busy');
      attempts += 1;
      const result = inTurn(async () => {
        const stored = await read();
        let found: PageRole | null = null;
        for (const role of pageRoles) {
          const hash = stored[role];
          if (hash !== undefined && (await matches(password, hash))) found = role;
        }
        return found;
      });
      return result.finally(() => {
        attempts -= 1;
      });
    },
  };
}

async function hashOf(password: string): Promise<Stored> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, { ...cost, maxmem: memoryOf(cost) });
  return { ...cost, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

async function matches(password: string, { salt, hash, ...stored }: Stored): Promise<boolean> {
  const wanted = Buffer.from(hash, 'base64');
  const options = { ...stored, maxmem: memoryOf(stored) };
  return timingSafeEqual(wanted, await derive(password, Buffer.from(salt, 'base64'), wanted.length, options));
}

function memoryOf({ N, r, p }: { N: number; r: number; p: number }): number {
  return 128 * N * r + 128 * r * (p + 2) + 1024;
}
