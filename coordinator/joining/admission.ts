import type { Role } from '../../shared/plan/schema.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

/** A host that waits to join (`asking`), or that has a credential and is not Ready yet (`joining`). */
export interface Candidate {
  host: string;
  role: Role;
  /** Milliseconds since the epoch; hosts are admitted in this order. */
  since: number;
}

export interface AdmissionInput {
  asking: readonly Candidate[];
  joining: readonly Candidate[];
  /** Maximum number of workers joining at a time; see wave.ts. */
  wave: number;
}

/** By host. null: admitted; otherwise why the host waits. */
export type Admission = ReadonlyMap<string, LocalText | null>;

/** Admits control planes one at a time, because each changes etcd's membership, and workers in waves. */
export function admit({ asking, joining, wave }: AdmissionInput): Admission {
  const result = new Map<string, LocalText | null>();
  const under = (role: Role) => joining.filter((one) => one.role === role).map((one) => one.host);
  const limits: Record<Role, { busy: string[]; most: number }> = {
    'control-plane': { busy: under('control-plane'), most: 1 },
    worker: { busy: under('worker'), most: wave },
  };
  const inOrder = [...asking].sort((a, b) => a.since - b.since || (a.host < b.host ? -1 : 1));
  for (const { host, role } of inOrder) {
    const { busy, most } = limits[role];
    if (busy.length < most) {
      busy.push(host);
      result.set(host, null);
    } else if (role === 'control-plane') {
      result.set(host, {
        en: `control planes join one at a time, and ${busy[0]} is joining`,
        zh: `控制平面逐个加入，${busy[0]} 正在加入`,
      });
    } else {
      result.set(host, {
        en: `${busy.length} workers are joining; at most ${most} join at a time`,
        zh: `有 ${busy.length} 个工作节点正在加入，最多同时加入 ${most} 个`,
      });
    }
  }
  return result;
}
