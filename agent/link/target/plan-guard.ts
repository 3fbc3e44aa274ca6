import { readFile } from 'node:fs/promises';
import { MusterError } from '../../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../../shared/json.ts';
import { readIfThere, unlessMissing, writeAtomically } from '../../../shared/node/files.ts';
import { isSignedBy } from '../../../shared/node/plan-signature.ts';
import type { Assignment, ClusterBackupWish, Target } from '../../../shared/protocol/assignment.ts';
import type { Duty } from '../../../shared/protocol/duty.ts';
import type { RecoveryOrder } from '../../../shared/protocol/recovery.ts';
import { planKeyPattern, type SignedPlan, signedPlanSchema } from '../../../shared/protocol/signed-plan.ts';
import type { AgentPaths } from '../../paths.ts';

/**
 * Reduces a target to what this host may follow. Throws MusterError `plan-pin-invalid`, `plan-unsigned` or
 * `plan-outdated`.
 */
export type PlanGuard = (target: Target) => Promise<Target>;

/**
 * With a pinned plan key, this host follows signed plans only: the coordinator chooses neither settings nor roles, and
 * removes only hosts that the signature names. Without one, it follows the coordinator.
 */
export function createPlanGuard(paths: Pick<AgentPaths, 'planKey' | 'planSerial'>, host: string): PlanGuard {
  return async (target) => {
    const key = (await readIfThere(paths.planKey))?.trim();
    if (key === undefined) return target;
    // An empty file, as after a loss of power, is a pin that no plan fits.
    if (!planKeyPattern.test(key)) throw new MusterError('plan-pin-invalid', { path: paths.planKey });
    const plan = signedPlan(target, key);
    const seen = Number(await unlessMissing(readFile(paths.planSerial, 'utf8'))) || 0;
    if (plan.serial < seen) throw new MusterError('plan-outdated', { serial: plan.serial, seen });
    if (plan.serial > seen) {
      await writeAtomically(paths.planSerial, `${plan.serial}\n`, { mode: 0o600, folderMode: 0o700 });
    }
    return limited(target, plan, host);
  };
}

function signedPlan({ signedPlan: signed }: Target, key: string): SignedPlan {
  if (signed === undefined || !isSignedBy(signed, key)) throw new MusterError('plan-unsigned');
  const parsed = signedPlanSchema.safeParse(jsonOrUndefined(signed.text));
  if (!parsed.success) throw new MusterError('plan-unsigned');
  return parsed.data;
}

/** The target with the signed plan's settings; pure. */
export function limited(target: Target, { settings, removals, recoveryKey }: SignedPlan, host: string): Target {
  const { assignment, leave, duties, coordinators, recovery, clusterBackup, ...rest } = target;
  const known = new Set([...settings.hosts.map(({ name }) => name), ...removals]);
  return {
    ...rest,
    assignment: assignment && planned(assignment, settings, host),
    duties: duties.filter((duty) => isKnown(duty, known) && mayRemove(duty, settings, removals)),
    ...(coordinators === undefined ? {} : { coordinators: coordinators.filter((url) => isMaster(url, settings)) }),
    ...(recovery === undefined ? {} : { recovery: restoring(recovery, settings, removals) }),
    ...(clusterBackup === undefined ? {} : { clusterBackup: sealedFor(clusterBackup, recoveryKey) }),
    ...(leave !== undefined && removals.includes(host) ? { leave } : {}),
  };
}

function planned(assignment: Assignment, settings: SignedPlan['settings'], host: string): Assignment | null {
  const own = settings.hosts.find(({ name }) => name === host);
  if (own === undefined) return null;
  return {
    ...assignment,
    host: { ...assignment.host, ...own },
    bootstrap: bootstrapOf(assignment, settings, own),
    settings,
  };
}

/**
 * Only the plan's first control plane may create a cluster; another one is told `init` while it alone holds the
 * cluster, which that keeps.
 */
function bootstrapOf(
  { bootstrap, cluster }: Assignment,
  { hosts }: SignedPlan['settings'],
  own: SignedPlan['settings']['hosts'][number],
): Assignment['bootstrap'] {
  const isFirst = own === hosts.find(({ role }) => role === 'control-plane');
  return own.role === 'control-plane' && (isFirst || cluster !== null) ? bootstrap : 'join';
}

const isMaster = (url: string, { hosts }: SignedPlan['settings']) =>
  hosts.some(({ address, role }) => role === 'control-plane' && address === new URL(url).hostname);

/** etcd's members are those that were signed, unless a signature or a signed role takes one away. */
function mayRemove(duty: Duty, { hosts }: SignedPlan['settings'], removals: readonly string[]): boolean {
  if (duty.type !== 'remove-member' || removals.includes(duty.host)) return true;
  return hosts.some(({ name, role }) => name === duty.host && role === 'worker');
}

/** A restore takes every other control plane out of etcd, so their removal must be signed. */
function restoring(
  order: RecoveryOrder,
  { hosts }: SignedPlan['settings'],
  removals: readonly string[],
): RecoveryOrder {
  const planes = hosts.filter(({ role }) => role === 'control-plane').map(({ name }) => name);
  const isSigned =
    planes.includes(order.host) && planes.every((name) => name === order.host || removals.includes(name));
  return isSigned ? order : { ...order, isUnsigned: true };
}

/** Who holds the recovery key reads the cluster's PKI, so the signature must name it. */
function sealedFor(wish: ClusterBackupWish, recoveryKey: string | undefined): ClusterBackupWish {
  return wish.recipient === recoveryKey ? wish : { ...wish, isUnsigned: true };
}

const isKnown = (duty: Duty, known: ReadonlySet<string>) => !('host' in duty) || known.has(duty.host);
