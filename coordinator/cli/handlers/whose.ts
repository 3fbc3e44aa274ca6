import type { OperatorClient } from '../client.ts';
import type { Io } from '../terminal/io.ts';

interface Entry {
  seq: number;
  /** ISO 8601. */
  at: string;
}

/** Says which of several coordinators recorded what was printed. */
export function sayWhose({ stderr, language }: Io, host: string, command: 'events' | 'audit'): void {
  if (host === '') return;
  const text = {
    en: `Recorded by the coordinator on ${host}. For entries of another coordinator, run on its host: muster ${command} --local`,
    zh: `由 ${host} 上的协调器记录。如需其他协调器的条目，请在其主机上运行：muster ${command} --local`,
  };
  stderr.write(`${text[language]}\n`);
}

/**
 * How far a list has been read while it is followed. Each coordinator numbers its own entries: after a takeover, those
 * of the new one count that are newer than the last one read.
 */
export function createPlace(client: Pick<OperatorClient, 'answeredBy'>) {
  let by: string | null = null;
  let after: number | undefined;
  let newest: string | undefined;
  let hasRead = false;

  return {
    /** The number of the last entry read; undefined: none, or it was another coordinator's. */
    after: () => after,
    /** The time of the last entry read. */
    newest: () => newest,
    isFirst: () => !hasRead,
    /** Whether another coordinator than before has answered: the answer is to be asked for again. */
    hasMoved(): boolean {
      const now = client.answeredBy();
      const isOther = by !== null && by !== now;
      by = now;
      if (isOther) after = undefined;
      return isOther;
    },
    isNew: ({ at }: Entry): boolean => after !== undefined || newest === undefined || at > newest,
    read(entries: readonly Entry[]): void {
      hasRead = true;
      after = entries.at(-1)?.seq ?? after ?? 0;
      newest = entries.at(-1)?.at ?? newest;
    },
  };
}
