import type { z } from 'zod';
import type { attemptSchema } from '../../protocol/fact-groups.ts';
import type { Facts } from '../../protocol/facts.ts';
import { type LocalText, verbatim } from '../../text/local-text.ts';
import { error, notLooked, ok, unknown, type Verdict, warning } from '../check.ts';

type Attempt = z.infer<typeof attemptSchema>;

/** Describes the result of an attempt. */
export const told = ({ target, detail }: Attempt): LocalText =>
  verbatim(detail === '' ? target : `${target}: ${detail}`);

/**
 * Judges the registry by one result that is an error. `right`: what follows its name otherwise. null: nothing was
 * probed.
 */
export function judgeRegistry(
  reach: Pick<NonNullable<Facts['reach']>, 'registry'> | null,
  wrong: 'untrusted' | 'plain-http',
  right: LocalText,
): Verdict | null {
  if (reach === null) return null;
  const found = reach.registry;
  if (found === null || found.result === 'unknown' || found.result === 'refused' || found.result === 'no-such-name')
    return notLooked;
  if (found.result === wrong) return error(told(found));
  return ok({ en: `${found.target}: ${right.en}`, zh: `${found.target}：${right.zh}` });
}

/** Judges a target that must answer: a timeout is unknown, a wrong answer a warning. */
export function judgeAttempt(attempt: Attempt | null): Verdict {
  if (attempt === null) return notLooked;
  const seen = told(attempt);
  if (attempt.result === 'ok') return ok(seen);
  return attempt.result === 'unknown' ? unknown(seen) : warning(seen);
}
