import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan, PlannedHost, Role } from '../../shared/plan/schema.ts';
import type { Roles } from '../store/cluster.ts';
import { kept } from '../store/kept.ts';
import type { Store } from '../store/store.ts';

/**
 * The plan with the roles that nodes have: a node keeps its role until an operation has taken it out of the cluster and
 * it has joined in the planned one.
 */
export function createPlanInForce(store: Pick<Store, 'cluster' | 'marks'>, planned: () => Plan): () => Plan {
  return kept(
    () => [planned(), store.marks.roles()],
    () => withRoles(planned(), store.cluster.roles()),
  );
}

export function withRoles(plan: Plan, roles: Roles): Plan {
  if (!plan.hosts.some(({ name, role }) => roleIn(roles, name, role) !== role)) return plan;
  const inForce = <H extends { name: string; role: Role }>(host: H): H => {
    const role = roleIn(roles, host.name, host.role);
    return role === host.role ? host : { ...host, role };
  };
  const { settings, hosts } = plan;
  return { ...plan, settings: { ...settings, hosts: settings.hosts.map(inForce) }, hosts: hosts.map(inForce) };
}

export const roleIn = (roles: Roles, host: string, planned: Role): Role => roles[host]?.role ?? planned;

/**
 * Records which nodes have another role than `planned` says. `before`: entries of the last plan. Requires a transaction.
 */
export function noteRoles(store: Store, planned: Plan, before: readonly PlannedHost[]): void {
  const roles = { ...store.cluster.roles() };
  for (const { name, role } of before) {
    const after = hostNamed(planned, name)?.role;
    const current = roleIn(roles, name, role);
    if (after === undefined) continue;
    if (after === current || !(isNode(store, name) || isJoining(store, name))) delete roles[name];
    else roles[name] = { role: current, isHeld: false };
  }
  if (JSON.stringify(roles) !== JSON.stringify(store.cluster.roles())) store.cluster.setRoles(roles);
}

/** Lets a host that has left the cluster join in its planned role. Requires a transaction. */
export function takePlannedRole({ cluster }: Pick<Store, 'cluster'>, host: string): void {
  const { [host]: changed, ...roles } = cluster.roles();
  if (changed !== undefined) cluster.setRoles(roles);
}

/** The change to the planned role was cancelled: it starts again only if an operator or another plan asks for it. */
export function holdRole({ cluster }: Pick<Store, 'cluster'>, host: string): void {
  const roles = cluster.roles();
  const current = roles[host];
  if (current !== undefined) cluster.setRoles({ ...roles, [host]: { ...current, isHeld: true } });
}

/** Whether kubeadm may run on the host: the join ends in the role in which it began. */
export function isJoining({ joinCredentials, observations }: Store, host: string): boolean {
  if (!joinCredentials.open().some((credential) => credential.host === host)) return false;
  const steps = observations.get(host, 'steps')?.value ?? [];
  return steps.some(({ id, state }) => id === 'kubeadm-join' && state === 'applying');
}

const isNode = ({ hosts, cluster, observations }: Store, host: string): boolean =>
  cluster.members().includes(host) ||
  (hosts.get(host)?.readyAt ?? null) !== null ||
  (observations.get(host, 'node')?.value ?? null) !== null;
