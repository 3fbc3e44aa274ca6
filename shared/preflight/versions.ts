/** Compares two versions number by number, without Debian epoch and revision: negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  const upstream = version.replace(/^\d+:/, '').replace(/^v/, '');
  return (/^\d+(\.\d+)*/.exec(upstream)?.[0] ?? '').split('.').map(Number);
}
