import { z } from 'zod';
import { messageOf } from '../../shared/errors/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/logger.ts';
import { type StepId, stepIds } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';

const entrySchema = z.object({
  /** `applying`: an apply began, and nothing is known of its end. `cleaned`: it failed, and what it left is gone. */
  state: z.enum(['applying', 'done', 'failed', 'cleaned']),
  attempts: z.number().int().nonnegative(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

const journalSchema = z.object({
  version: z.literal(1),
  /** muster itself made this host's Kubernetes state, so that it may take it away again. */
  owns: z.boolean(),
  steps: z.partialRecord(z.enum(stepIds), entrySchema),
  /** How often a failure's automatic remedy was tried, by the failure's id. */
  remedies: z.record(z.string(), z.number().int().nonnegative()).default({}),
});
type Content = z.infer<typeof journalSchema>;

/**
 * What was begun and what came of it, on the host's disk. Invariant: a step stands here as `applying`, fsynced, before the first
 * byte of the host is changed for it.
 */
export interface Journal {
  entry(id: StepId): JournalEntry | undefined;
  owns(): boolean;
  /** Records that an apply begins. `makesNode`: it creates this host's Kubernetes state. */
  begin(id: StepId, makesNode: boolean): Promise<void>;
  end(id: StepId, state: 'done' | 'failed' | 'cleaned'): Promise<void>;
  remedyTries(failure: string): number;
  /** Records that a failure's remedy is about to be tried. */
  countRemedy(failure: string): Promise<void>;
  /** All is well: the next failure is a new one. */
  forgetRemedies(): Promise<void>;
}

/** A journal that can't be read is kept aside for a person, and a new one begins. */
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
