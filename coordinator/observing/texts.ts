import { describe } from '../../shared/diagnosis/describe.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { withTexts } from '../../shared/preflight/catalogue.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { PackageManager } from '../../shared/systems.ts';

/** A report with the texts of this coordinator's catalogues. */
export interface TextedReport extends Omit<Report, 'findings' | 'diagnosis'> {
  findings?: Finding[];
  diagnosis?: Diagnosis | null;
}

/**
 * A host says what it found; what people are told to do about it comes from the catalogues here. `settingsOf`:
 * of the running cluster; `managerOf` reads the host's package manager. Both are called only if a text may need them.
 */
export function textedOf(
  { findings, diagnosis, ...rest }: Report,
  host: string,
  settingsOf: () => ClusterSettings,
  managerOf: () => PackageManager,
): TextedReport {
  let known: PackageManager | undefined;
  const manager = () => {
    known ??= managerOf();
    return known;
  };
  const trusted = () => {
    const { endpoint, runtime } = settingsOf();
    return { host, runtime: runtime.name, endpoint: `${endpoint.host}:${endpoint.port}` };
  };
  return {
    ...rest,
    ...(findings === undefined ? {} : { findings: findings.map((one) => withTexts(one, manager())) }),
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosis && describe(diagnosis, trusted(), manager()) }),
  };
}
