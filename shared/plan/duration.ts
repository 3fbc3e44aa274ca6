const units = { m: 60_000, h: 3600_000, d: 24 * 3600_000 } as const;

/** Parses `30m`, `6h`, `1d` to milliseconds; null: invalid. */
export function readDuration(text: string): number | null {
  const match = /^([1-9]\d{0,3})([mhd])$/.exec(text);
  return match === null ? null : Number(match[1]) * units[match[2] as keyof typeof units];
}
