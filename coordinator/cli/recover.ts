import { exitCode, MusterError } from '../../shared/errors.ts';
import type { Io } from './io.ts';
import { type RecoverRestoredOptions, recoverRestored } from './recover-restored.ts';

export interface RecoverOptions extends RecoverRestoredOptions {
  restored?: true;
}

/** What needs an operator's word before muster goes on. */
export async function recover(io: Io, options: RecoverOptions): Promise<void> {
  if (options.restored) return recoverRestored(io, options);
  throw new MusterError('recover-what', 'what is to be recovered?', {
    remedy: 'muster recover --restored',
    exit: exitCode.usage,
  });
}
