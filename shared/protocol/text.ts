import { z } from 'zod';
import { verbatim } from '../text/local-text.ts';

const control = /[^\P{Cc}\t\n]/u;
/**
 * CSI and OSC sequences, two-character escapes, then every control character that is left. Each alternative stops at the next ESC, so the
 * time is linear in the length; node:util's stripVTControlCharacters is quadratic on unfinished OSC sequences.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\^_]|[^\P{Cc}\t\n]/gu;

/** Removes from untrusted text everything that could drive a terminal; tab and newline stay. Linear in the length. */
export function withoutControls(text: string): string {
  // Nearly all text has none, and a test is much cheaper than a rewrite.
  return control.test(text) ? text.replace(controls, '') : text;
}

/** Colour codes take several characters for each one that stays. */
const rawPerKept = 8;

/** Text of a host, at most `max` characters: control characters are removed, and what is longer is cut rather than refused. */
export const hostText = (max: number) =>
  z.string().overwrite((text) => {
    const clean = withoutControls(text.slice(0, max * rawPerKept));
    return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
  });

/** A text for people on the wire, in every language (see local-text.ts). */
export const wireText = z.object({ en: hostText(2048), zh: hostText(2048) });

/** The same; one that comes as a plain string is the same in every language. */
export const anyText = z.union([wireText, hostText(2048).transform(verbatim)]);

/** An RFC 1123 label: what Kubernetes takes as a host's name here. */
export const hostName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'host-name');

/** A moment, ISO 8601 in UTC. A report has dozens of them, so the days of each month are not looked at. */
export const instant = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/, 'instant');

/** 64 lower-case hexadecimal digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'sha256');
