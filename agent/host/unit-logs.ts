import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';

const logsKept = 3;

/** Output files of transient units, one per run: NAME-NUMBER.log with rising numbers. */
export function createUnitLogs(folder: string) {
  const pathOf = (name: string, number: number) => join(folder, `${name}-${number}.log`);

  async function numbersOf(name: string): Promise<number[]> {
    const pattern = new RegExp(`^${name}-(\\d+)\\.log$`);
    const names = (await unlessMissing(readdir(folder))) ?? [];
    return names
      .flatMap((file) => pattern.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  return {
    /** Path of the newest log of a name. */
    newest: async (name: string): Promise<string> => pathOf(name, (await numbersOf(name)).at(-1) ?? 0),
    /** Creates an empty log for the next run and deletes the oldest ones. Returns its path. */
    async next(name: string): Promise<string> {
      const numbers = await numbersOf(name);
      const log = pathOf(name, (numbers.at(-1) ?? 0) + 1);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(log, '', { mode: 0o600 });
      for (const old of numbers.slice(0, -logsKept)) await rm(pathOf(name, old), { force: true });
      return log;
    },
  };
}
