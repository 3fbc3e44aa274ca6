import { withoutControls } from '../../../shared/protocol/text.ts';

/** Untrusted text as one line without control characters. */
export function clean(text: string): string {
  return withoutControls(text).replace(/\s+/g, (space) => (/[\t\n]/.test(space) ? ' ' : space));
}

/** A value as JSON; characters that JSON permits and a terminal obeys are escaped. */
export function json(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()].map((at) => escaped(character.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;

/** "12:03:04", local time, from ISO 8601. */
export function timeOfDay(moment: string): string {
  return new Date(moment).toTimeString().slice(0, 8);
}

/** "2026-03-04 12:03:04", local time, from ISO 8601. */
export function dayAndTime(moment: string): string {
  const at = new Date(moment);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${timeOfDay(moment)}`;
}

/** "2026-03-04 12:03:04 UTC", from ISO 8601; untrusted. */
export function utc(moment: string): string {
  return clean(`${moment.slice(0, 10)} ${moment.slice(11, 19)} UTC`);
}

/** Colon-separated upper-case pairs, as browsers show a fingerprint. */
export function fingerprint(hex: string): string {
  return hex.toUpperCase().replace(/..(?=.)/g, '$&:');
}
