import { redactLine } from '../redact.ts';

const secretKey = /pass(?:word|wd|phrase)|secret|token|credential|certificate-?key|private-?key|api-?key/i;
const mask = '[secret]';

/** A plan, or a part of one, for readers who need no secrets: values of telling keys, passwords in URLs and manifests. */
export function masked<T>(value: T): T {
  return maskedAt(value, '') as T;
}

function maskedAt(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => maskedAt(one, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskedAt(one, nameOf(key, name))]));
  }
  if (typeof value !== 'string') return value;
  // A manifest may contain Secrets in any form.
  if (key === 'manifest.text') return mask;
  return secretKey.test(key) ? mask : redactLine(value);
}

/** `text` of a manifest is told from other texts. */
const nameOf = (parent: string, name: string) => (parent === 'manifest' ? `${parent}.${name}` : name);
