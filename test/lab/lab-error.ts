import { type ErrorOptions, MusterError } from '../../shared/errors/errors.ts';
import { verbatim } from '../../shared/text/local-text.ts';

/** An error of the lab. Only developers see it, so it is in English only. */
export class LabError extends MusterError {
  constructor(code: string, message: string, { remedy, ...options }: ErrorOptions & { remedy?: string } = {}) {
    super(
      { code, params: {}, message: verbatim(message), remedy: remedy === undefined ? undefined : verbatim(remedy) },
      {},
      options,
    );
  }
}
