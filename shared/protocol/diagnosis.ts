import { z } from 'zod';
import { stepIds } from '../steps/catalogue.ts';
import { hostText, instant } from './text.ts';
import { valuesSchema } from './values.ts';

const localText = (max: number) => z.object({ en: hostText(max), zh: hostText(max) });

/** Where the command is to be run. */
export const places = ['host', 'control-plane', 'coordinator'] as const;
export type Place = (typeof places)[number];

const common = {
  /** The catalogue's id; `unknown`: no entry matches. */
  id: hostText(64),
  /** null: no step failed, but the node is not, or no longer, Ready. */
  step: z.enum(stepIds).nullable(),
  /** When this cause was first observed. */
  since: instant,
  /** Output lines that led to the diagnosis, with secrets redacted. */
  evidence: z.array(hostText(400)).max(12),
};

/**
 * The most likely cause of a host's failure as the host reports it. The host sends no instructions: texts and command
 * come from the coordinator's own catalogue (shared/diagnosis).
 */
export const reportedDiagnosisSchema = z.object({
  ...common,
  /** For the placeholders of the catalogue's texts. */
  values: valuesSchema.default({}),
  /** Remaining attempts of the automatic remedy; null: it has none. */
  triesLeft: z.number().int().nonnegative().max(100).nullable().default(null),
});
export type ReportedDiagnosis = z.infer<typeof reportedDiagnosisSchema>;

/** A diagnosis with the texts of the catalogue. */
export const diagnosisSchema = z.object({
  ...common,
  title: localText(256),
  cause: localText(1024),
  remedy: localText(1024),
  /** What muster does next; absent: the default of the host's phase. */
  next: localText(512).optional(),
  /** One line that fixes the cause or shows details; may be empty. */
  command: z.string().max(1024),
  where: z.enum(places),
  /** The automatic remedy and its remaining attempts; null: a person must act, or the cause passes. */
  automatic: z.object({ text: localText(512), triesLeft: z.number().int().nonnegative() }).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
