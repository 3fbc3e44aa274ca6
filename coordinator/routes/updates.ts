import { Router } from 'express';
import { updateRoutes } from '../../shared/protocol/updates.ts';
import type { Coordinator } from '../server/coordinator.ts';
import type { Rollout } from '../upkeep/rollout.ts';

/** How far agents have followed, and the word to go on; on the operator's socket. */
export function updateOperatorRoutes({ waiters }: Coordinator, rollout: Rollout): Router {
  const router = Router();
  router.get(updateRoutes.updates, (_request, response) => {
    response.json(rollout.view());
  });
  router.post(updateRoutes.retry, (_request, response) => {
    const hosts = rollout.retry();
    waiters.wakeAll();
    response.status(202).json({ hosts });
  });
  return router;
}
