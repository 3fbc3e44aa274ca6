import type { z } from 'zod';
import type { attemptSchema } from '../../protocol/fact-groups.ts';
import { type LocalText, verbatim } from '../../text/local-text.ts';
import { notLooked, ok, unknown, type Verdict, warning } from '../check.ts';

type Attempt = z.infer<typeof attemptSchema>;

/** Describes the result of an attempt. */
export const told = ({ target, detail }: Attempt): LocalText =>
  verbatim(detail === '' ? target : `${target}: ${detail}`);

/** Judges a target that must answer: a timeout is unknown, a wrong answer a warning. */
export function judgeAttempt(attempt: Attempt | null): Verdict {
  if (attempt === null) return notLooked;
  const seen = told(attempt);
  if (attempt.result === 'ok') return ok(seen);
  return attempt.result === 'unknown' ? unknown(seen) : warning(seen);
}
