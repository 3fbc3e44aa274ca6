import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings, Role } from '../../shared/plan/schema.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';

/**
 * The host as the executing control plane's own settings name it: a coordinator cannot give a host another role by a
 * duty alone. Throws MusterError `node-not-planned` or `role-not-planned`.
 */
export function plannedAs(
  { settings }: Pick<Assignment, 'settings'>,
  { host, role }: { host: string; role: Role },
): ClusterSettings['hosts'][number] {
  const planned = settings.hosts.find(({ name }) => name === host);
  if (planned === undefined) throw new MusterError('node-not-planned', { host });
  if (planned.role !== role) throw new MusterError('role-not-planned', { host, asked: role, planned: planned.role });
  return planned;
}
