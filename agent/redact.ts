const hidden = '[secret]';

/** What must not leave the host, by its look. Each keeps the words around the secret, so that the line still says what happened. */
const patterns: readonly [RegExp, string][] = [
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, hidden],
  [/(certificate[- ]?key\W+)[0-9a-f]{64}\b/gi, `$1${hidden}`],
  // kubeadm prints the certificate key on a line of its own as well.
  [/^\s*[0-9a-f]{64}\s*$/, hidden],
  [/\b(Bearer\s+)[\w.~+/-]+=*/gi, `$1${hidden}`],
  [/\bmuster-[\w-]{16,}/g, hidden],
  [/\b(MUSTER_TOKEN=)\S+/g, `$1${hidden}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+@/gi, `$1${hidden}@`],
  [/(\b(?:password|passwd|secret|token)["']?\s*[=:]\s*["']?)[^\s"',]{8,}/gi, `$1${hidden}`],
  [/((?:client-key-data|token-secret)\s*:\s*)\S+/gi, `$1${hidden}`],
];

/** Takes secrets out of one line. */
export function redactLine(line: string): string {
  return patterns.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

/** Takes secrets out of the lines of one stream; a private key spans many of them. */
export function createRedactor(): (line: string) => string {
  let inKey = false;
  return function redact(line) {
    if (inKey) {
      inKey = !/-----END [A-Z ]*PRIVATE KEY-----/.test(line);
      return hidden;
    }
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)) {
      inKey = !/-----END [A-Z ]*PRIVATE KEY-----/.test(line);
      return hidden;
    }
    return redactLine(line);
  };
}
