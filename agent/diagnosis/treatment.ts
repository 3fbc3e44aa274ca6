import type { Found } from '../../shared/diagnosis/diagnose.ts';
import type { Evidence } from '../../shared/diagnosis/evidence.ts';
import { remedyTexts } from '../../shared/diagnosis/remedies.ts';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import type { Journal } from '../loop/journal.ts';
import { personAtWork } from '../steps/running-kubeadm.ts';
import type { Announcer } from './announcer.ts';
import { remedies } from './remedies/index.ts';

export interface Round {
  facts: Facts;
  assignment: Assignment;
  signal: AbortSignal;
}

export interface Parts {
  host: Host;
  log: Logger;
  journal: Pick<Journal, 'remedyTries' | 'countRemedy'>;
  announcer: Announcer;
}

/**
 * Reports what was found and applies its remedy if an attempt is left; returns whether it did. Invariants: an attempt
 * is journaled before it begins; no remedy starts while a person runs kubeadm, because restarting the kubelet would
 * block their reset.
 */
export async function treat(
  { host, log, journal, announcer }: Parts,
  found: Found,
  evidence: Evidence,
  { assignment, signal }: Pick<Round, 'assignment' | 'signal'>,
): Promise<boolean> {
  const { id, automatic } = found.failure;
  const used = journal.remedyTries(id);
  const applies = automatic !== undefined && used < automatic.tries && (await personAtWork(host)) === null;
  announcer.found(found, evidence, assignment, applies ? used + 1 : used);
  if (!applies) return false;
  await journal.countRemedy(id);
  const values = Object.assign({}, ...found.signs.map((sign) => sign.values));
  log.info(`muster ${remedyTexts[automatic.remedy].en}`, { diagnosis: id, try: used + 1, of: automatic.tries });
  try {
    await remedies[automatic.remedy]({ host, runtime: assignment.settings.runtime.name, values });
  } catch (error) {
    signal.throwIfAborted();
    log.warn(`remedy failed: ${messageOf(error)}`, { diagnosis: id, remedy: automatic.remedy });
  }
  return true;
}
