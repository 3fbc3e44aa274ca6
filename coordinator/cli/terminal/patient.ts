import { exitCode, MusterError } from '../../../shared/errors/errors.ts';
import type { Language } from '../../../shared/text/local-text.ts';

/** Repeats a request. The first must succeed; later an unavailable coordinator is returned as its error message. */
export function patient<T>(ask: () => Promise<T>, language: Language): () => Promise<T | string> {
  let answered = false;
  return async () => {
    try {
      const answer = await ask();
      answered = true;
      return answer;
    } catch (error) {
      if (!answered || !(error instanceof MusterError) || error.exit !== exitCode.unavailable) throw error;
      return error.text[language];
    }
  };
}
