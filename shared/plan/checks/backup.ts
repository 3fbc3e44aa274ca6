import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/**
 * Copies of backups must be on planned hosts other than the coordinator's own, whose disk they are meant to survive.
 */
export function checkBackup({ backup, hosts }: PartialPlan, report: Report): void {
  const founder = hosts?.find((host) => host?.role === 'control-plane')?.name;
  for (const [index, name] of (backup?.copies ?? []).entries()) {
    if (name === undefined || hosts === undefined) continue;
    const path = ['backup', 'copies', index];
    if (!hosts.some((host) => host?.name === name)) {
      report(path, 'copy-host-unknown', { known: hosts.flatMap((host) => host?.name ?? []) });
    } else if (name === founder) report(path, 'copy-on-coordinator');
  }
}
