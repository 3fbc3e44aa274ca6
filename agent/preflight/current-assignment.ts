import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { createClient } from '../link/client.ts';
import { readConfig, readCredential } from '../link/config.ts';
import { knownCoordinators } from '../link/coordinators.ts';
import { createPlanGuard } from '../link/target/plan-guard.ts';
import type { AgentPaths } from '../paths.ts';

/** Time limit for the coordinator's answer, in ms. */
const patience = 3000;

/**
 * The coordinator's assignment for this host; null: not enrolled or not available. Checks that need it are then
 * skipped.
 */
export async function currentAssignment(paths: AgentPaths): Promise<Assignment | null> {
  try {
    const credential = await readCredential(paths);
    if (credential === null) return null;
    const { urls, ca } = await readConfig(paths);
    const client = createClient({
      ...{ url: knownCoordinators(urls), ca, bearer: credential.credential },
      partsFolder: paths.targetParts,
    });
    try {
      const answer = await client.target(null, 0, AbortSignal.timeout(patience));
      const guard = createPlanGuard(paths, credential.host);
      return answer === null ? null : (await guard(answer.target)).assignment;
    } finally {
      client.close();
    }
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}
