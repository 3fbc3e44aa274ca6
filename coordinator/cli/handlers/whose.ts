import type { OperatorClient } from '../client.ts';
import type { Io } from '../terminal/io.ts';
import { clean } from '../terminal/text.ts';

interface Entry {
  seq: number;
  /** ISO 8601. */
  at: string;
}

/** Says which of several coordinators recorded what was printed. */
export function sayWhose({ stderr, language }: Io, host: string, command: 'events' | 'audit'): void {
  if (host === '') return;
  const place = clean(host);
  const text = {
    en: `Recorded by the coordinator on ${place}. For entries of another coordinator, run on its host: muster ${command} --local`,
    zh: `由 ${place} 上的协调器记录。如需其他协调器的条目，请在其主机上运行：muster ${command} --local`,
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
    /** Whether the last answer is from another coordinator than the entries that were read. */
    hasMoved: () => by !== null && by !== client.answeredBy(),
    /** Continues with the coordinator that answered last: the next request is for all its entries. */
    restart(): void {
      by = client.answeredBy();
      after = undefined;
    },
    isNew: ({ at }: Entry): boolean => after !== undefined || newest === undefined || at > newest,
    read(entries: readonly Entry[]): void {
      by = client.answeredBy();
      hasRead = true;
      after = entries.at(-1)?.seq ?? after ?? 0;
      newest = entries.at(-1)?.at ?? newest;
    },
  };
}
