import { z } from 'zod';
import { stepIds } from '../steps/catalogue.ts';
import { hostText, instant } from './text.ts';

const localText = (max: number) => z.object({ en: hostText(max), zh: hostText(max) });

/** Where the command is to be run. */
export const places = ['host', 'control-plane', 'coordinator'] as const;
export type Place = (typeof places)[number];

/** The most likely cause of a host's failure. */
export const diagnosisSchema = z.object({
  /** The catalogue's id; `unknown`: no entry matches. */
  id: hostText(64),
  /** null: no step failed, but the node is not, or no longer, Ready. */
  step: z.enum(stepIds).nullable(),
  /** When this cause was first observed. */
  since: instant,
  title: localText(256),
  cause: localText(1024),
  remedy: localText(1024),
  /** What muster does next; absent: the default of the host's phase. */
  next: localText(512).optional(),
  /** One line that fixes the cause or shows details; may be empty. */
  command: hostText(512),
  where: z.enum(places),
  /** Output lines that led to the diagnosis, with secrets redacted. */
  evidence: z.array(hostText(400)).max(12),
  /** The automatic remedy and its remaining attempts; null: a person must act, or the cause passes. */
  automatic: z.object({ text: localText(512), triesLeft: z.number().int().nonnegative() }).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
