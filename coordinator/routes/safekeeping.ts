import express, { Router } from 'express';
import { MusterError } from '../../shared/errors/errors.ts';
import {
  type Restored,
  recoveryKeySchema,
  rotationRequestSchema,
  safekeepingRoutes,
} from '../../shared/protocol/safekeeping.ts';
import { hostOf, requireAgent } from '../api/auth.ts';
import type { Coordinator } from '../server/coordinator.ts';
import type { BackupKeeper } from '../upkeep/backup/keeper.ts';
import { wantRotation } from '../upkeep/rotation.ts';
import { validate } from './validate.ts';

/** What the socket's owner may do for the day after: backups, a restored database, new credentials. */
export function safekeepingOperatorRoutes(coordinator: Coordinator, backups: BackupKeeper): Router {
  const { store, fence, now, waiters } = coordinator;
  const router = Router();
  const body = express.json({ limit: '16kb', type: () => true });

  router.get(safekeepingRoutes.restored, (_request, response) => {
    const state = fence.state();
    if (state === null) return void response.json(null);
    const iso = (time: number) => new Date(time).toISOString();
    const restored: Restored = {
      ...state,
      since: iso(state.since),
      tokens: store.tokens.open(now().getTime()).map(({ host, expiresAt }) => ({ host, expiresAt: iso(expiresAt) })),
      hosts: store.hosts.all().map(({ name, enrolledAt }) => ({ name, enrolledAt: iso(enrolledAt) })),
    };
    response.json(restored);
  });

  router.post(safekeepingRoutes.restored, (_request, response) => {
    if (!fence.confirm()) {
      throw new MusterError('not-restored', 'there is nothing to confirm: the database is not a restored one', {
        status: 409,
      });
    }
    response.status(204).end();
  });

  router.post(safekeepingRoutes.backups, async (_request, response) => {
    response.type('application/octet-stream').send(await backups.make());
  });

  router.get(safekeepingRoutes.recoveryKey, async (_request, response) => {
    response.json({ exists: await backups.hasRecoveryKey() });
  });

  router.post(safekeepingRoutes.recoveryKey, body, async (request, response) => {
    await backups.setRecoveryKey(validate(recoveryKeySchema, request.body).publicKey);
    response.status(204).end();
  });

  router.post(safekeepingRoutes.rotations, body, (request, response) => {
    fence.refuse();
    const { host } = validate(rotationRequestSchema, request.body);
    const hosts = wantRotation({ store, now: now() }, host);
    for (const name of hosts) waiters.wake(name);
    response.status(202).json({ hosts });
  });

  return router;
}

/** A host that keeps copies of backups fetches them here. */
export function backupCopyRoute(coordinator: Coordinator, backups: BackupKeeper): Router {
  return Router().get(`${safekeepingRoutes.copies}/:name`, requireAgent(coordinator), (request, response, next) => {
    const path = backups.copyFor(hostOf(response), String(request.params.name));
    if (path === null) throw new MusterError('not-found', 'this host has no such copy to keep', { status: 404 });
    response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
      if (error) next(error);
    });
  });
}
