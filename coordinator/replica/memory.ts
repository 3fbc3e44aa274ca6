import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import type { Store } from '../store/store.ts';

const setting = 'replica';
const memorySchema = z.object({
  /** Distinguishes this database from that of a copied machine. */
  id: z.string(),
  /** Number of the newest batch that this database contains. */
  sequence: z.number().int(),
  /** The state is this coordinator's alone again, but the log is not removed yet. */
  hasEnded: z.boolean().optional(),
});

export type Memory = ReturnType<typeof createMemory>;

/** What this coordinator remembers of the shared state across restarts. Changes require a transaction. */
export function createMemory({ settings }: Pick<Store, 'settings'>) {
  const read = () => memorySchema.safeParse(jsonOrUndefined(settings.get(setting) ?? '')).data;
  const id = read()?.id ?? randomUUID();

  return {
    id,
    /** 0: none. */
    sequence: (): number => read()?.sequence ?? 0,
    contains: (sequence: number): void => settings.set(setting, JSON.stringify({ id, sequence })),
    /** The state is this coordinator's alone again; the log remains to be removed. */
    end: (): void => settings.set(setting, JSON.stringify({ id, sequence: 0, hasEnded: true })),
    hasEnded: (): boolean => read()?.hasEnded ?? false,
    /** Nothing is left of the shared state. */
    forget: (): void => settings.set(setting, ''),
  };
}
