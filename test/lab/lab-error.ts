import { type ErrorOptions, MusterError } from '../../shared/errors/errors.ts';
import { verbatim } from '../../shared/text/local-text.ts';

/** What goes wrong in the lab: only developers see it, in English. */
export class LabError extends MusterError {
  constructor(code: string, message: string, { remedy, ...options }: ErrorOptions & { remedy?: string } = {}) {
    super(
      { code, params: {}, message: verbatim(message), remedy: remedy === undefined ? undefined : verbatim(remedy) },
      {},
      options,
    );
  }
}
