import { redactLine } from '../redact.ts';

const secretKey = /pass(?:word|wd|phrase)|secret|token|credential|certificate-?key|private-?key|api-?key/i;
/** Of an argument or environment variable, as kubeadm lists them. */
const isPair = (value: object): value is { name: string; value: unknown } =>
  'name' in value && typeof value.name === 'string' && 'value' in value;
const mask = '[secret]';

/** A plan, or a part of one, for readers who need no secrets: values of telling keys, passwords in URLs and manifests. */
export function masked<T>(value: T): T {
  return maskedAt(value, '') as T;
}

/** The value of one key. */
export const maskedOf = (key: string, value: unknown): unknown => maskedAt(value, key);

function maskedAt(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => maskedAt(one, key));
  if (value !== null && typeof value === 'object') {
    if (isPair(value)) return { ...value, value: maskedAt(value.value, value.name) };
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskedAt(one, nameOf(key, name))]));
  }
  if (typeof value !== 'string') return value;
  // A manifest may contain Secrets in any form.
  if (key === 'manifest.text') return mask;
  return secretKey.test(key) ? mask : redactLine(value);
}

/** `text` of a manifest is told from other texts. */
const nameOf = (parent: string, name: string) => (parent === 'manifest' ? `${parent}.${name}` : name);
