import { access } from 'node:fs/promises';
import { MusterError } from '../../shared/errors/errors.ts';
import { unlessMissing } from '../../shared/node/files.ts';
import type { Host, UnitOptions, UnitResult } from './host.ts';
import { createLineReader } from './line-reader.ts';
import { parseUnitStatus, startArguments, statusArguments, type UnitStatus } from './systemd.ts';
import { createUnitLogs } from './unit-logs.ts';

const tailLength = 200;

interface Means {
  run: Host['run'];
  sleep: Host['sleep'];
  /** Folder of the output files, one per run. */
  folder: string;
}

/**
 * Runs programs that outlive the agent as transient systemd units. Output goes to a file, not a pipe: the program is
 * not affected when the agent exits, and the next agent reads the output from the start.
 *
 * Invariant: the newest log of a name belongs to the existing unit of that name. A log is created before its unit, and
 * a unit is started only if none exists.
 */
export function createTransientUnits({ run, sleep, folder }: Means): Pick<Host, 'runUnit' | 'unitState'> {
  const logs = createUnitLogs(folder);
  const unitName = (name: string) => `muster-${name}.service`;

  async function status(name: string): Promise<UnitStatus> {
    const { exitCode, stdout, stderr } = await run('systemctl', statusArguments(unitName(name)));
    if (exitCode === 0) return parseUnitStatus(stdout);
    throw new MusterError('systemd-unreachable', { unit: unitName(name), reason: stderr || stdout });
  }

  async function start(name: string, program: string, args: readonly string[], options: UnitOptions): Promise<string> {
    const log = await logs.next(name);
    const { exitCode, stderr } = await run('systemd-run', startArguments(unitName(name), log, program, args, options));
    if (exitCode !== 0) throw new MusterError('unit-not-started', { unit: unitName(name), program, reason: stderr });
    return log;
  }

  /**
   * Polls /proc every 100 ms while the main program lives, which costs almost nothing; then asks systemd for the
   * result.
   */
  async function wait(name: string, look: () => Promise<void>, signal: AbortSignal | undefined): Promise<UnitStatus> {
    for (;;) {
      signal?.throwIfAborted();
      const now = await status(name);
      if (now.state !== 'running') return now;
      do {
        await look();
        await sleep(100, signal);
        signal?.throwIfAborted();
      } while (now.mainPid > 0 && (await unlessMissing(access(`/proc/${now.mainPid}`))) !== null);
    }
  }

  return {
    async runUnit(name, program, args, options = {}): Promise<UnitResult> {
      const before = await status(name);
      const adopted = before.state !== 'none';
      const log = adopted ? await logs.newest(name) : await start(name, program, args, options);
      const reader = createLineReader(log);
      const tail: string[] = [];
      async function look(last = false) {
        const lines = (await unlessMissing(reader.more(last))) ?? [];
        for (const line of lines) options.onLine?.(line);
        tail.push(...lines);
        tail.splice(0, tail.length - tailLength);
      }
      const end = await wait(name, () => look(), options.signal);
      await look(true);
      await run('systemctl', [end.failed ? 'reset-failed' : 'stop', unitName(name)]);
      return { exitCode: end.exitCode, tail };
    },
    unitState: async (name) => (await status(name)).state,
  };
}
