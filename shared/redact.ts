import type { LocalText } from './text/local-text.ts';

const hidden = '[secret]';

/** User and password in a URL. A password may contain an unescaped @. */
const inUrls: readonly [RegExp, string][] = [
  [/(:\/\/[^\s/:@]*:)[^\s/"'<>]+@/g, `$1${hidden}@`],
  [/(:\/\/)[^\s/:@]+@/g, `$1${hidden}@`],
];

/**
 * Secrets recognised by their form. Each rule keeps the surrounding words. Input is untrusted: no pattern may start
 * with an unbounded repetition, which takes quadratic time.
 */
const patterns: readonly [RegExp, string][] = [
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, hidden],
  [/(certificate[- ]?key\W+)[0-9a-f]{64}\b/gi, `$1${hidden}`],
  // kubeadm also prints the certificate key on a line of its own.
  [/^\s*[0-9a-f]{64}\s*$/, hidden],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/-]+=*/gi, `$1${hidden}`],
  [/\bmuster-[\w-]{16,}/g, hidden],
  [/\bAGE-SECRET-KEY-[A-Z0-9-]+/g, hidden],
  [/\b(MUSTER_TOKEN=)\S+/g, `$1${hidden}`],
  ...inUrls,
  [/(\b(?:password|passwd|secret|token)["']?\s*[=:]\s*["']?)[^\s"',]{8,}/gi, `$1${hidden}`],
  [/((?:client-key-data|token-secret)\s*:\s*)\S+/gi, `$1${hidden}`],
  // A private key in a JSON string, with escaped line ends.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|[A-Za-z0-9+/= ])+-----END [A-Z ]*PRIVATE KEY-----/g, hidden],
];

/** Settings with secret values of any form. Too broad for program output, suitable for configuration. */
const settings: readonly [RegExp, string][] = [
  [
    /((?:password|passwd|passphrase|secret|token|credential|credentials|auth|apikey|api[-_]key|access[-_]key|private[-_]key)\b["']?\s*[=:]\s*)(["']?)[^\s"',{}[\]]+\2/gi,
    `$1$2${hidden}$2`,
  ],
  [/(\bauthorization\b["']?\s*[:=]\s*).+/gi, `$1${hidden}`],
];

/** No rule matches fewer characters. Skipping short lines bounds the time for a text that has nothing else. */
const shortest = '://a@'.length;

function replaceAll(text: string, rules: readonly [RegExp, string][]): string {
  if (text.length < shortest) return text;
  return rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** Redacts one line. */
export function redactLine(line: string): string {
  return replaceAll(line, patterns);
}

/** Removes user and password from URLs in a text. */
export function withoutPasswords(text: LocalText): LocalText {
  return { en: replaceAll(text.en, inUrls), zh: replaceAll(text.zh, inUrls) };
}

/** Redacts the lines of one stream, including multi-line private keys. */
export function createRedactor(): (line: string) => string {
  let inKey = false;
  return function redact(line) {
    if (inKey) {
      inKey = !/-----END [A-Z ]*PRIVATE KEY-----/.test(line);
      return hidden;
    }
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line) && !/-----END [A-Z ]*PRIVATE KEY-----/.test(line)) {
      inKey = true;
      return hidden;
    }
    return redactLine(line);
  };
}

/** The name of an argument or variable with a secret value, which follows on a line of its own. */
const secretName = /^[\s-]*name:\s.*(?:password|passwd|passphrase|secret|token|credential|api[-_]?key)/i;

/** Redacts the value after a line that names a secret, as in YAML's lists of arguments and variables. */
function createPairRedactor(): (line: string) => string {
  let isNamed = false;
  return function redact(line) {
    const redacted = isNamed ? line.replace(/^([\s-]*value:\s).*/, `$1${hidden}`) : line;
    isNamed = secretName.test(line);
    return redacted;
  };
}

/** Redacts a whole file, plus the given secrets. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= 8);
  const [redact, redactPair] = [createRedactor(), createPairRedactor()];
  const withoutKnown = (line: string) => known.reduce((rest, secret) => rest.replaceAll(secret, hidden), line);
  return text
    .split('\n')
    .map((line) => replaceAll(redact(redactPair(withoutKnown(line))), settings))
    .join('\n');
}
