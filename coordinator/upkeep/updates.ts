import { gt, valid } from 'semver';
import type { Plan, Role } from '../../shared/plan/schema.ts';
import type { Update } from '../../shared/protocol/release.ts';
import type { updateStates as names } from '../../shared/protocol/updates.ts';

export interface UpdateHost {
  name: string;
  role: Role;
  agentVersion: string;
  /** The update state that its agent last reported. */
  update: Update | null;
  /** Whether it has been in contact recently. */
  present: boolean;
}

/**
 * `current`: the coordinator's version, or newer; `asked`: updating now; `waiting`: for its turn; `failed`: rolled back
 * or refused; `away`: no contact, skipped until it returns; `off`: disabled by the plan.
 */
export type UpdateState = (typeof names)[number];

export interface UpdateInput {
  /** The target version; null: no release to offer. */
  version: string | null;
  policy: Plan['agentUpdates'];
  hosts: readonly UpdateHost[];
}

/** Maximum number of simultaneous updates; one coordinator serves them without delaying its hosts. */
const most = 20;

/**
 * Decides which agents update now: as many at a time as already have the new version, at least one, so that waves grow;
 * workers first. The first failure stops all updates until the operator retries or a newer version is released.
 */
export function updateStates({ version, policy, hosts }: UpdateInput): Map<string, UpdateState> {
  const states = new Map<string, UpdateState>();
  const behind: UpdateHost[] = [];
  for (const host of hosts) {
    const isBehind = version !== null && valid(host.agentVersion) !== null && gt(version, host.agentVersion);
    if (isBehind) behind.push(host);
    else states.set(host.name, 'current');
  }
  const hasFailed = ({ update }: UpdateHost) => update?.state === 'failed' && update.version === version;
  const stopped = behind.some(hasFailed);
  const room = Math.min(most, Math.max(1, states.size));
  let asked = 0;
  for (const host of [...behind].sort(order)) {
    const isNext = !stopped && host.present && asked < room;
    if (policy === 'off') states.set(host.name, 'off');
    else if (hasFailed(host)) states.set(host.name, 'failed');
    else if (!host.present) states.set(host.name, 'away');
    else states.set(host.name, isNext ? 'asked' : 'waiting');
    if (isNext && policy === 'auto') asked += 1;
  }
  return states;
}

function order(a: UpdateHost, b: UpdateHost): number {
  return Number(a.role === 'control-plane') - Number(b.role === 'control-plane') || a.name.localeCompare(b.name);
}
