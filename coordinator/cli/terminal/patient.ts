import { exitCode, MusterError } from '../../../shared/errors/errors.ts';
import type { Status } from '../../../shared/protocol/status.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import type { OperatorClient } from '../client.ts';

/** Polls the status. The first call must succeed; later an unavailable coordinator is returned as its error message. */
export function patient(client: OperatorClient, language: Language): () => Promise<Status | string> {
  let answered = false;
  return async () => {
    try {
      const status = await client.status();
      answered = true;
      return status;
    } catch (error) {
      if (!answered || !(error instanceof MusterError) || error.exit !== exitCode.unavailable) throw error;
      return error.text[language];
    }
  };
}
