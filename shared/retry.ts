/** Full-jitter exponential backoff, in milliseconds: between half and all of min(cap, base * 2^attempt). attempt counts from 0. */
export function backoff(attempt: number, { base = 500, cap = 30_000, random = Math.random } = {}): number {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** A Retry-After header as milliseconds from `now`, or null when there is none that can be read. */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
