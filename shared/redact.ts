const hidden = '[secret]';

/**
 * What must not leave the host, by its form. Each keeps the words around the secret, so that the line still says what happened. Input is
 * hostile: no pattern may start with an open-ended run, or its time is quadratic.
 */
const patterns: readonly [RegExp, string][] = [
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, hidden],
  [/(certificate[- ]?key\W+)[0-9a-f]{64}\b/gi, `$1${hidden}`],
  // kubeadm prints the certificate key on a line of its own as well.
  [/^\s*[0-9a-f]{64}\s*$/, hidden],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/-]+=*/gi, `$1${hidden}`],
  [/\bmuster-[\w-]{16,}/g, hidden],
  [/\bAGE-SECRET-KEY-[A-Z0-9-]+/g, hidden],
  [/\b(MUSTER_TOKEN=)\S+/g, `$1${hidden}`],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${hidden}@`],
  [/(:\/\/)[^\s/:@]+@/g, `$1${hidden}@`],
  [/(\b(?:password|passwd|secret|token)["']?\s*[=:]\s*["']?)[^\s"',]{8,}/gi, `$1${hidden}`],
  [/((?:client-key-data|token-secret)\s*:\s*)\S+/gi, `$1${hidden}`],
  // A private key as a JSON string: its line ends are escaped.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|[A-Za-z0-9+/= ])+-----END [A-Z ]*PRIVATE KEY-----/g, hidden],
];

/** Settings whose value is a secret whatever it looks like: too much for a program's output, right for configuration. */
const settings: readonly [RegExp, string][] = [
  [
    /((?:password|passwd|passphrase|secret|token|credential|credentials|auth|apikey|api[-_]key|access[-_]key|private[-_]key)\b["']?\s*[=:]\s*)(["']?)[^\s"',{}[\]]+\2/gi,
    `$1$2${hidden}$2`,
  ],
  [/(\bauthorization\b["']?\s*[:=]\s*).+/gi, `$1${hidden}`],
];

function replaceAll(text: string, rules: readonly [RegExp, string][]): string {
  return rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** Takes secrets out of one line. */
export function redactLine(line: string): string {
  return replaceAll(line, patterns);
}

/** Takes secrets out of the lines of one stream; a private key spans many of them. */
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

/** Takes secrets out of a whole file of any kind, and these in particular, wherever they stand. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= 8);
  const redact = createRedactor();
  return text
    .split('\n')
    .map((line) => replaceAll(redact(known.reduce((rest, secret) => rest.replaceAll(secret, hidden), line)), settings))
    .join('\n');
}
