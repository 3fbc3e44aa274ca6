/** Calico release -> tested Kubernetes minor versions, from Calico's requirements pages. */
const tested: Readonly<Record<string, readonly [from: number, to: number]>> = {
  '3.24': [22, 25],
  '3.25': [22, 24],
  '3.26': [24, 28],
  '3.27': [27, 29],
  '3.28': [27, 30],
  '3.29': [29, 32],
  '3.30': [30, 33],
  '3.31': [32, 35],
  '3.32': [34, 36],
  '3.33': [35, 37],
};

/** The oldest and the newest minor version with which a Calico release such as v3.24.1 was tested; null: not known. */
export function testedVersions(release: string): readonly [from: number, to: number] | null {
  return tested[/^v?(\d+\.\d+)\./.exec(release)?.[1] ?? ''] ?? null;
}
