import type { Phase } from '../../../../shared/protocol/status.ts';
import { phaseTone, phaseWord, type Tone } from '../../../../shared/status/phases.ts';
import { language } from '../state/preferences.ts';

/** A word in its tone's colour. */
export function Pill({ tone, text }: { tone: Tone; text: string }) {
  return <span class={`pill ${tone}`}>{text}</span>;
}

export function PhasePill({ phase }: { phase: Phase }) {
  return <Pill tone={phaseTone(phase)} text={phaseWord(phase)[language.value]} />;
}
