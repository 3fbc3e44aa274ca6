import type { z } from 'zod';
import type { attemptSchema } from '../../protocol/fact-groups.ts';
import { type LocalText, verbatim } from '../../text/local-text.ts';
import { notLooked, ok, unknown, type Verdict, warning } from '../check.ts';

type Attempt = z.infer<typeof attemptSchema>;

/** What came of an attempt, for a person. */
export const told = ({ target, detail }: Attempt): LocalText =>
  verbatim(detail === '' ? target : `${target}: ${detail}`);

/** Something that should answer: no answer in time says nothing, any other than the one wanted is a warning. */
export function judgeAttempt(attempt: Attempt | null): Verdict {
  if (attempt === null) return notLooked;
  const seen = told(attempt);
  const command = `curl -fsSLI ${attempt.target}`;
  if (attempt.result === 'ok') return ok(seen);
  return attempt.result === 'unknown' ? unknown(seen, { command }) : warning(seen, { command });
}
