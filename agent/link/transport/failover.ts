import type { Response } from 'got';
import { hasCode } from '../../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../../shared/json.ts';
import { coordinatorUrl, standingHeader } from '../../../shared/protocol/coordinators.ts';
import { problemSchema } from '../../../shared/protocol/problem.ts';
import type { Coordinators } from '../coordinators.ts';

/** A coordinator with one of these problems is not the active one. */
const elsewhere = new Set(['not-active', 'no-active']);
/** Another coordinator may answer. */
const passable = ['unreachable', 'untrusted-coordinator', 'coordinator-behind'] as const;

/**
 * Asks the coordinators in order, each at most once, until one answers as the active one; the address that a standby
 * names comes next. Otherwise throws if the certificate of the one that a standby names is not trusted, which does not
 * pass; else returns the answer of one that is cut off from the cluster, of a standby, or throws the first error.
 * `signal`: no further one is asked.
 */
export async function askInOrder(
  coordinators: Coordinators,
  ask: (url: string) => Promise<Response<string>>,
  signal?: AbortSignal,
): Promise<Response<string>> {
  const waiting = [...coordinators.inOrder()];
  const [usual] = waiting;
  let standIn = '';
  const asked = new Set<string>();
  let cutOff: Response<string> | null = null;
  let standby: Response<string> | null = null;
  const failures = new Map<string, unknown>();
  let named = '';
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (asked.has(url)) continue;
    asked.add(url);
    try {
      const response = await ask(url);
      const active = activeNamedIn(response);
      if (response.headers[standingHeader] === 'cut-off') {
        if (cutOff === null) [cutOff, standIn] = [response, url];
        continue;
      }
      if (active === undefined) {
        coordinators.answered(url);
        return response;
      }
      standby = response;
      named = active ?? named;
      if (active !== null) waiting.unshift(active);
    } catch (error) {
      if (signal?.aborted || !hasCode(error, ...passable)) throw error;
      failures.set(url, error);
    }
  }
  if (hasCode(failures.get(named), 'untrusted-coordinator')) throw failures.get(named);
  // The usual one did not get it, and may be the active one again.
  if (cutOff !== null && standIn !== usual) coordinators.mayLack();
  const answer = cutOff ?? standby;
  if (answer !== null) return answer;
  throw failures.values().next().value;
}

/** The active coordinator that a standby names; null: it knows none; undefined: the answer is not a standby's. */
function activeNamedIn(response: Response<string>): string | null | undefined {
  if (response.statusCode !== 421 && response.statusCode !== 503) return undefined;
  const problem = problemSchema.safeParse(jsonOrUndefined(Buffer.from(response.rawBody).toString()));
  if (!problem.success || !elsewhere.has(problem.data.code)) return undefined;
  const active = coordinatorUrl.safeParse(problem.data.params.active);
  return active.success ? active.data : null;
}
