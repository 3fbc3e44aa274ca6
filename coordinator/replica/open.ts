import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { controlPlanesOf, hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { withRoles } from '../plan/roles.ts';
import type { Roles } from '../store/cluster.ts';
import type { Store } from '../store/store.ts';
import { createConnect } from './credential.ts';
import { createFiles } from './files/files.ts';
import { createLog } from './log.ts';
import { createReplica, type Replica } from './replica.ts';
import type { ReplicaOptions } from './self.ts';
import { timing } from './timing.ts';

/** The credential that the agent of a control plane keeps for the coordinator, relative to its state folder. */
const kubeconfig = join('kubernetes', 'kubeconfig');
/** Limit of a request while nothing else waits, in ms. */
const fetchMs = 10_000;

interface Where {
  /** The plan file. */
  plan: string;
  /** The coordinator's state folder. */
  state: string;
}

/** Fetches the plan from the shared state, for a new coordinator beside others. */
export async function fetchPlan({ plan, state }: Where, log: Logger): Promise<void> {
  if (existsSync(plan)) return;
  try {
    const connection = await createConnect(join(state, kubeconfig), fetchMs)();
    const shared = connection === null ? null : await createLog(connection.client).load();
    const files = createFiles({ plan, planFiles: () => [], state });
    await files.apply((shared?.changes ?? []).filter(files.isFile));
  } catch (error) {
    log.warn(`cannot fetch the plan from the shared state: ${messageOf(error)}`);
  }
}

interface ReplicaParts extends Pick<ReplicaOptions, 'store' | 'news' | 'log' | 'now'>, Where {
  planFile: PlanFile;
  /** Where this coordinator answers; absent: on its host's planned address. */
  ownUrl: string | undefined;
}

/**
 * Control planes that share the state: the planned ones, and those whose role the plan is about to change. If the plan
 * replaces the only one, its coordinator's state can move before it leaves.
 */
export function sharingHosts(planned: Plan, roles: Roles): string[] {
  const all = [planned, withRoles(planned, roles)].flatMap(controlPlanesOf);
  return [...new Set(all.map(({ name }) => name))];
}

/** Whether a host is about to be reset, replaced, converted or retired. */
function isLeaving({ operations, intents }: Pick<Store, 'operations' | 'intents'>, host: string): boolean {
  const intent = intents.get(host)?.kind;
  return operations.openOf(host) !== undefined || intent === 'leaving' || intent === 'retired';
}

/** This coordinator's part of the state that several share; idle while there is one control plane. */
export function openReplica({ planFile, ownUrl, ...parts }: ReplicaParts): Replica {
  const { plan: path, state } = parts;
  const plan = planFile.current;
  return createReplica({
    ...parts,
    connect: createConnect(join(state, kubeconfig), timing.request),
    files: createFiles({ plan: path, state, planFiles: planFile.files }),
    isLeaving: (host) => isLeaving(parts.store, host),
    controlPlanes: () => sharingHosts(plan(), parts.store.cluster.roles()),
    url: (host) => ownUrl ?? `https://${hostNamed(plan(), host)?.address ?? host}:${plan().coordinator.port}`,
    isPlanValid: () => {
      planFile.look();
      return planFile.problems().length === 0;
    },
    onFiles: planFile.look,
  });
}
