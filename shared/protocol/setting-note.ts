import { z } from 'zod';

const text = z.object({ en: z.string(), zh: z.string() });

/** A planned setting that the running cluster does not have, because it applies only when a cluster is created. */
export const settingNoteSchema = z.object({
  /** Path in the resolved plan, such as `settings.network.podSubnet`. */
  field: z.string(),
  /** As written in cluster.yaml. */
  written: z.string(),
  planned: text,
  /** What runs. */
  actual: text,
  /** What becomes of the planned value. */
  meaning: text,
  /** How to end the difference. */
  remedy: text,
});
export type SettingNote = z.infer<typeof settingNoteSchema>;
