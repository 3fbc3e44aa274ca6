import { MusterError } from '../../shared/errors/errors.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import { elapsed, type Mark, mark } from './elapsed.ts';
import { mostBytes } from './files/files.ts';

/**
 * `alone`: the only coordinator; `active`: of several, this one acts; `standby`: another one does, or may; `cut-off`: the
 * Kubernetes API does not answer, so that nobody can tell.
 */
export type StandingState = 'alone' | 'active' | 'standby' | 'cut-off';

/** `active`: acts, or answers for the cluster's state; `any`: also served while cut off, but not by a standby. */
export type Needs = 'active' | 'any';

interface StandingOptions {
  /** How long after a renewal of the Lease was sent it counts, in ms. */
  holdMs: number;
  /** Whether this coordinator has ever had the shared state. */
  hasState: () => boolean;
  /** Paths of plan files that are too large to be shared. */
  tooLarge: () => readonly string[];
}

export type Standing = ReturnType<typeof createStanding>;

/**
 * Whether this coordinator may act, by its own clocks at the moment of the question: a process that was stopped for a
 * minute knows at its next step.
 */
export function createStanding({ holdMs, hasState, tooLarge }: StandingOptions) {
  let isShared = false;
  let held: Mark | null = null;
  let looked = mark();
  let isFailing = false;
  let url = '';

  function state(): StandingState {
    if (!isShared) return 'alone';
    if (held !== null && elapsed(held) < holdMs) return 'active';
    return isFailing && elapsed(looked) > holdMs && hasState() ? 'cut-off' : 'standby';
  }

  const mayAct = () => ['alone', 'active'].includes(state());

  return {
    state,
    mayAct,
    /** URL of the active coordinator as last seen; '': unknown. */
    active: (): string => url,
    /** Throws MusterError 421 `not-active`, or 503 `no-active` if none is known. */
    refuse(needs: Needs): void {
      const now = state();
      if (now !== 'standby' && (needs === 'any' || now !== 'cut-off')) return;
      throw url === '' ? new MusterError('no-active') : new MusterError('not-active', { active: url });
    },
    /** There are several coordinators from now on, or one again. */
    share: (several: boolean): void => {
      isShared = several;
    },
    /** This coordinator held the Lease at this moment. */
    holds: (at: Mark): void => {
      held = at;
    },
    yields: (): void => {
      held = null;
    },
    /** The Lease was read, with the URL of its holder. */
    looked(active: string): void {
      looked = mark();
      isFailing = false;
      url = active;
    },
    fails: (): void => {
      isFailing = true;
    },
    notices(): Notice[] {
      const now = state();
      if (now === 'alone') return [];
      const own = now === 'cut-off' ? [cutOff] : now === 'standby' ? [standby(url)] : [];
      return [...own, ...tooLarge().map(unshared)];
    },
  };
}

const cutOff: Notice = {
  code: 'api-away',
  text: {
    en: 'The Kubernetes API does not answer. This page shows what was last known. Reports are accepted; enrolment, joins and operations wait.',
    zh: 'Kubernetes API 无应答。本页显示最后已知的状态。继续接受上报；接入、加入和操作均在等待。',
  },
  command: 'kubectl get --raw /readyz?verbose',
};

const standby = (active: string): Notice => ({
  code: 'standby',
  text: {
    en: `This coordinator is a standby. Active: ${active || 'none yet'}.`,
    zh: `该协调器处于待命状态。活动的协调器：${active || '尚无'}。`,
  },
  command: 'kubectl -n muster-system get lease muster-coordinator',
});

const unshared = (path: string): Notice => ({
  code: 'plan-file-not-shared',
  text: {
    en: `${path} exceeds ${mostBytes / 1024 ** 2} MiB, so the other coordinators do not get it. Copy it to the same path on each control plane.`,
    zh: `${path} 超过 ${mostBytes / 1024 ** 2} MiB，其他协调器无法获得它。请将其复制到每个控制平面的相同路径。`,
  },
  command: `scp ${path} HOST:${path}`,
});
