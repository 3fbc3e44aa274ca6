import { z } from 'zod';
import { messageOf } from '../../shared/errors/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/logger.ts';
import { type StepId, stepIds } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';

const entrySchema = z.object({
  /** `applying`: an apply began and its end is unknown. `cleaned`: it failed and was cleaned up. */
  state: z.enum(['applying', 'done', 'failed', 'cleaned']),
  attempts: z.number().int().nonnegative(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

const journalSchema = z.object({
  version: z.literal(1),
  /** muster created this host's Kubernetes state and may therefore remove it. */
  owns: z.boolean(),
  steps: z.partialRecord(z.enum(stepIds), entrySchema),
  /** Attempts of automatic remedies, by failure id. */
  remedies: z.record(z.string(), z.number().int().nonnegative()).default({}),
});
type Content = z.infer<typeof journalSchema>;

/**
 * Persistent record of steps and their outcome. Invariant: a step is recorded as `applying`, fsynced, before it changes
 * the host.
 */
export interface Journal {
  entry(id: StepId): JournalEntry | undefined;
  owns(): boolean;
  /** Records the start of an apply. `makesNode`: it creates this host's Kubernetes state. */
  begin(id: StepId, makesNode: boolean): Promise<void>;
  end(id: StepId, state: 'done' | 'failed' | 'cleaned'): Promise<void>;
  remedyTries(failure: string): number;
  /** Records that a failure's remedy is about to be applied. */
  countRemedy(failure: string): Promise<void>;
  /** Resets the counters: the next failure is a new one. */
  forgetRemedies(): Promise<void>;
}

/** Opens the journal. An unreadable one is set aside for inspection and replaced by a new one. */
export async function openJournal(host: Host, path: string, log: Logger): Promise<Journal> {
  let content: Content = (await read(host, path, log)) ?? { version: 1, owns: false, steps: {}, remedies: {} };

  async function write(next: Content): Promise<void> {
    await host.writeFile(path, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
    content = next;
  }

  return {
    entry: (id) => content.steps[id],
    owns: () => content.owns,
    begin(id, makesNode) {
      const attempts = (content.steps[id]?.attempts ?? 0) + 1;
      const entry = {
        state: 'applying' as const,
        attempts,
        startedAt: host.now().toISOString(),
        endedAt: null,
      };
      return write({ ...content, owns: content.owns || makesNode, steps: { ...content.steps, [id]: entry } });
    },
    async end(id, state) {
      const entry = content.steps[id];
      if (entry === undefined) return;
      await write({
        ...content,
        steps: { ...content.steps, [id]: { ...entry, state, endedAt: host.now().toISOString() } },
      });
    },
    remedyTries: (failure) => content.remedies[failure] ?? 0,
    countRemedy: (failure) =>
      write({ ...content, remedies: { ...content.remedies, [failure]: (content.remedies[failure] ?? 0) + 1 } }),
    async forgetRemedies() {
      if (Object.keys(content.remedies).length > 0) await write({ ...content, remedies: {} });
    },
  };
}

async function read(host: Host, path: string, log: Logger): Promise<Content | null> {
  const text = await host.readFile(path);
  if (text === null) return null;
  try {
    return parseJson(journalSchema, text);
  } catch (error) {
    const aside = `${path}.corrupt-${host.now().toISOString().replace(/[:.]/g, '-')}`;
    log.error('journal is unreadable; starting a new one and keeping the old', { aside, reason: messageOf(error) });
    try {
      await host.writeFile(aside, text, { mode: 0o600 });
      await host.removeFile(path);
    } catch (refused) {
      log.error(`cannot move the old journal: ${messageOf(refused)}`);
    }
    return null;
  }
}
