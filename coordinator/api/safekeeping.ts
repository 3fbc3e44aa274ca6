import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { recoveryResponseSchema, recoveryRoute } from '../../shared/protocol/recovery.ts';
import {
  type Restored,
  recoveryKeySchema,
  restoredSchema,
  rotationRequestSchema,
  rotationResponseSchema,
  safekeepingRoutes,
} from '../../shared/protocol/safekeeping.ts';
import { confirmRecovery } from '../upkeep/recovery.ts';
import { wantRotation } from '../upkeep/rotation.ts';
import { hostOf } from './http/auth.ts';
import { endpoint } from './http/endpoint.ts';

const archive = 'application/octet-stream';
const iso = (time: number): string => new Date(time).toISOString();

/** For the day after: a lost cluster, restored databases, backups, new credentials. */
export const safekeepingEndpoints = [
  endpoint({
    id: 'recoverCluster',
    method: 'post',
    path: recoveryRoute,
    access: 'socket',
    summary: 'Lets a cluster whose only control plane was reset be created anew.',
    answers: { 201: { description: 'Who creates it.', schema: recoveryResponseSchema } },
    fenced: true,
    answer: ({ store, plan, now, news }) => confirmRecovery({ store, plan: plan(), now: now(), news }),
  }),
  endpoint({
    id: 'getRestored',
    method: 'get',
    path: safekeepingRoutes.restored,
    access: 'socket',
    summary: 'What would be trusted again, where the database was restored from a copy.',
    answers: { 200: { description: 'null: it was not.', schema: restoredSchema.nullable() } },
    answer({ fence, store, now }): Restored | null {
      const state = fence.state();
      if (state === null) return null;
      return {
        ...state,
        since: iso(state.since),
        tokens: store.tokens.open(now().getTime()).map(({ host, expiresAt }) => ({ host, expiresAt: iso(expiresAt) })),
        hosts: store.hosts.all().map(({ name, enrolledAt }) => ({ name, enrolledAt: iso(enrolledAt) })),
      };
    },
  }),
  endpoint({
    id: 'confirmRestored',
    method: 'post',
    path: safekeepingRoutes.restored,
    access: 'socket',
    summary: 'Trusts a database that was restored from a copy.',
    answers: { 204: { description: 'The fence is down.' } },
    answer({ fence }) {
      if (fence.confirm()) return;
      throw new MusterError('not-restored', 'there is nothing to confirm: the database is not a restored one', {
        status: 409,
      });
    },
  }),
  endpoint({
    id: 'createBackup',
    method: 'post',
    path: safekeepingRoutes.backups,
    access: 'socket',
    summary: 'Makes a backup.',
    answers: { 200: { description: 'The archive.', type: archive } },
    async respond({ backups }, { response }) {
      const made = await backups.make();
      response.type(archive).send(made);
    },
  }),
  endpoint({
    id: 'hasRecoveryKey',
    method: 'get',
    path: safekeepingRoutes.recoveryKey,
    access: 'socket',
    summary: 'Whether there is a key that opens the copies of backups.',
    answers: { 200: { description: 'Not the key.', schema: z.object({ exists: z.boolean() }) } },
    answer: async ({ backups }) => ({ exists: await backups.hasRecoveryKey() }),
  }),
  endpoint({
    id: 'setRecoveryKey',
    method: 'post',
    path: safekeepingRoutes.recoveryKey,
    access: 'socket',
    summary: 'Encrypts the copies of backups for this key from now on.',
    body: recoveryKeySchema,
    answers: { 204: { description: 'Kept.' } },
    answer: ({ backups }, { body }) => backups.setRecoveryKey(body.publicKey),
  }),
  endpoint({
    id: 'rotateCredentials',
    method: 'post',
    path: safekeepingRoutes.rotations,
    access: 'socket',
    summary: 'Has a host, or all of them, replace its credential.',
    body: rotationRequestSchema,
    answers: { 202: { description: 'Who was asked to.', schema: rotationResponseSchema } },
    fenced: true,
    answer: ({ store, now, news }, { body }) => ({ hosts: wantRotation({ store, now: now(), news }, body.host) }),
  }),
  endpoint({
    id: 'getBackupCopy',
    method: 'get',
    path: `${safekeepingRoutes.copies}/:name`,
    access: 'host-credential',
    summary: 'An encrypted copy of a backup, for a host that is to keep one.',
    answers: { 200: { description: 'The archive.', type: archive } },
    respond({ backups }, { param, response }) {
      const path = backups.copyFor(hostOf(response), param('name'));
      if (path === null) throw new MusterError('not-found', 'this host has no such copy to keep', { status: 404 });
      return new Promise((resolve, reject) => {
        response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    },
  }),
];
