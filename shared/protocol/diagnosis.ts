import { z } from 'zod';
import { stepIds } from '../steps/catalogue.ts';
import { hostText, instant } from './text.ts';

const localText = (max: number) => z.object({ en: hostText(max), zh: hostText(max) });

/** Whose shell the command is for. */
export const places = ['host', 'control-plane', 'coordinator'] as const;
export type Place = (typeof places)[number];

/** Why a host does not get on: the one most likely cause. */
export const diagnosisSchema = z.object({
  /** The catalogue's stable id, or `unknown`: nothing in the catalogue matches. */
  id: hostText(64),
  /** null: no step failed; the node has ceased to be Ready, or never became so. */
  step: z.enum(stepIds).nullable(),
  /** When this cause was first seen. */
  since: instant,
  title: localText(256),
  cause: localText(1024),
  remedy: localText(1024),
  /** What muster does next; absent: what it does in the host's phase. */
  next: localText(512).optional(),
  /** One line that mends it or shows more; empty where there is none. */
  command: hostText(512),
  where: z.enum(places),
  /** The lines that it was read from, secrets taken out. */
  evidence: z.array(hostText(400)).max(12),
  /** What muster does about it by itself, and how often it will try that again; null: a person has to act, or it passes. */
  automatic: z.object({ text: localText(512), triesLeft: z.number().int().nonnegative() }).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
