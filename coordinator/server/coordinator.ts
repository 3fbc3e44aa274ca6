import { plannedCoordinators } from '../../shared/plan/coordinators.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { SignedText } from '../../shared/protocol/signed-plan.ts';
import { createAuditTrail } from '../api/http/audit-trail.ts';
import type { Base, Coordinator } from '../api/parts.ts';
import { createMachines } from '../enrolment/machines.ts';
import { createDutyResults } from '../joining/duty-results.ts';
import { createJoins } from '../joining/joins.ts';
import { createTargets } from '../joining/targets.ts';
import { createWaiters } from '../joining/waiters.ts';
import { createCollections } from '../observing/collections.ts';
import { createContacts } from '../observing/contacts.ts';
import { createFleet } from '../observing/fleet.ts';
import { createReports } from '../observing/reports.ts';
import { createActions } from '../operations/actions.ts';
import { createConversions } from '../operations/conversions.ts';
import { createOperations } from '../operations/operations.ts';
import type { Replica } from '../replica/replica.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { BackupSource } from '../upkeep/backup/create.ts';
import { createBackupKeeper } from '../upkeep/backup/keeper.ts';
import { createClusterBackups } from '../upkeep/cluster-backups.ts';
import { removalTarget } from '../upkeep/coordinator-removal.ts';
import { recoveryTarget } from '../upkeep/etcd-recovery.ts';
import { createFence } from '../upkeep/fence.ts';
import { createRollout } from '../upkeep/rollout.ts';
import { createOffers, rotationTarget } from '../upkeep/rotation.ts';
import { createAvailability, createClusterView } from '../view/cluster.ts';

export interface CoordinatorOptions {
  replica: Replica;
  /** See FenceOptions. */
  secret: string;
  backup: Omit<BackupSource, 'store'>;
  /** See RolloutOptions. */
  release: string | null;
  /** The signature of the plan; null: none. */
  signedPlan: () => SignedText | null;
}

/** Wires the coordinator's parts. They notify each other through `news`; see subscriptions.ts. */
export function createCoordinator(
  base: Base,
  { replica, secret, backup, release, signedPlan }: CoordinatorOptions,
): Coordinator {
  const { store, plan, now, news } = base;
  const { standing, acknowledged, superseded } = replica;
  const commit = createGroupCommit(store.transaction);
  const waiters = createWaiters(plan);
  const contacts = createContacts(store, now);
  const auditTrail = createAuditTrail(base);
  const machines = createMachines(base);
  const operations = createOperations({ ...base, contacts, isDoubtful: machines.isDoubtful });
  const isAvailable = createAvailability({ ...base, lastContact: contacts.last });
  const cluster = createClusterView({ ...base, isAvailable });
  const joins = createJoins({ ...base, cluster, goalOf: operations.goalOf, lastContact: contacts.last });
  const fleet = createFleet(base);
  const collections = createCollections(news);
  const backups = createBackupKeeper({ ...base, ...backup });
  const clusterBackups = createClusterBackups({ ...base, state: backup.state, recipient: backups.recipient });
  const rollout = createRollout({ ...base, lastContact: contacts.last, version: release });
  const more = [
    () => signatureTarget(signedPlan()),
    () => coordinatorsTarget(plan()),
    rotationTarget(base),
    collections.targetFor,
    backups.targetFor,
    clusterBackups.targetFor,
    recoveryTarget(base),
    removalTarget(base, replica),
    rollout.targetFor,
  ];
  const targets = createTargets({ ...base, standing, isAvailable, cluster, joins, operations, fleet, more });
  const actions = createActions({ ...base, contacts, operations, machines, replica });

  return {
    ...base,
    standing,
    controlPlane: replica.host,
    acknowledged,
    waiters,
    contacts,
    auditTrail,
    fence: createFence({ ...base, secret, standing, superseded }),
    joins,
    offerCredential: createOffers(base),
    targets,
    commit,
    reports: createReports({ ...base, fleet, commit }),
    collections,
    dutyResults: createDutyResults({ ...base, joins, targets, operations }),
    machines,
    fleet,
    operations,
    actions,
    conversions: createConversions({ ...base, actions }),
    backups,
    clusterBackups,
    isAvailable,
    rollout,
    close() {
      waiters.close();
      joins.close();
      contacts.flush();
      auditTrail.flush();
    },
  };
}

const signatureTarget = (signed: SignedText | null) => (signed === null ? {} : { signedPlan: signed });

function coordinatorsTarget(plan: Plan) {
  const coordinators = plannedCoordinators(plan);
  return coordinators.length > 1 ? { coordinators } : {};
}
