import type { RemedyId } from '../../../shared/diagnosis/failure.ts';
import { cleanPackageCache } from './clean-package-cache.ts';
import { fetchKeyAgain } from './fetch-key-again.ts';
import { reinstallProgram } from './reinstall-program.ts';
import type { Remedy } from './remedy.ts';
import { restartRuntime } from './restart-runtime.ts';
import { startKubelet } from './start-kubelet.ts';

/** Remedies only prepare the retry: the loop cleans up the failed step and runs it again as usual. */
export const remedies: Record<RemedyId, Remedy> = {
  'try-again': async () => {},
  'restart-runtime': restartRuntime,
  // The reset is the failed step's own clean-up.
  'reset-and-restart': restartRuntime,
  'start-kubelet': startKubelet,
  'reinstall-program': reinstallProgram,
  'fetch-key-again': fetchKeyAgain,
  'clean-package-cache': cleanPackageCache,
};
