import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration before now ("90s", "30m", "1h", "2d") or a time, as ISO 8601 in UTC. Throws InvalidArgumentError. */
export function moment(text: string): string {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const time = amount === undefined ? Date.parse(text) : Date.now() - Number(amount) * (units[unit] ?? 0) * 1000;
  if (Number.isNaN(time)) throw new InvalidArgumentError('moment');
  return new Date(time).toISOString();
}
