import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const control = /[^\P{Cc}\t\n]/u;
const controls = new RegExp(control, 'gu');

/** What a host prints is untrusted: everything but tab and newline that could drive a terminal is taken out. */
export function withoutControls(text: string): string {
  // Nearly all text has none, and one look is much cheaper than two rewrites.
  return control.test(text) ? stripVTControlCharacters(text).replace(controls, '') : text;
}

/** Text of a host: control characters go, and what is longer than `max` characters is cut rather than refused. */
export const hostText = (max: number) =>
  z.string().overwrite((text) => {
    const clean = withoutControls(text);
    return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
  });

/** An RFC 1123 label: what Kubernetes takes as a host's name here. */
export const hostName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and hyphens, as RFC 1123 allows');

/** A moment, ISO 8601 in UTC. A report has dozens of them, so the days of each month are not looked at. */
export const instant = z
  .string()
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/,
    'a moment in UTC such as 2026-01-31T12:00:00Z',
  );

/** 64 lower-case hexadecimal digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 as 64 hexadecimal digits');
