import { z } from 'zod';
import { verbatim } from '../text/local-text.ts';

/** Control characters, and those that have no width, reverse the order of others or end a line. */
const control = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/**
 * CSI and OSC sequences, two-character escapes, then all remaining characters of `control`. Each alternative stops at
 * the next ESC, so the time is linear; node:util's stripVTControlCharacters is quadratic on unfinished OSC sequences.
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\^_]|(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Removes from untrusted text what makes people read something else than it says: terminal control sequences, and
 * Unicode's bidirectional, invisible and line-separating characters. Keeps tab and newline. Linear time.
 */
export function withoutControls(text: string): string {
  // Most text has none, and testing is much cheaper than replacing.
  return control.test(text) ? text.replace(controls, '') : text;
}

/** Allows for colour codes, which take several characters per visible one. */
const rawPerKept = 8;

/** Untrusted text from a host: control characters are removed and the rest is cut to `max` characters. */
export const hostText = (max: number) =>
  z.string().overwrite((text) => {
    const clean = withoutControls(text.slice(0, max * rawPerKept));
    return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
  });

/** A boot id or machine id; becomes part of a command, so only characters that no shell and no option uses are kept. */
export const machineIdText = z.string().overwrite((text) =>
  text
    .slice(0, 512)
    .replace(/^\W+|[^\w.:-]/g, '')
    .slice(0, 64),
);

/** Localized text in the protocol (see local-text.ts). */
export const wireText = z.object({ en: hostText(2048), zh: hostText(2048) });

/** Localized text; a plain string counts for all languages. */
export const anyText = z.union([wireText, hostText(2048).transform(verbatim)]);

/** An RFC 1123 label, as Kubernetes requires for node names. */
export const hostName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'host-name');

/** An ISO 8601 time in UTC. Skips the days-per-month check, because reports contain dozens of times. */
export const instant = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/, 'instant');

/** Public half of an age identity (X25519). */
export const ageRecipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/, 'age-recipient');

/** 64 lower-case hexadecimal digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'sha256');
