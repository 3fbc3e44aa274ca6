import { z } from 'zod';
import {
  recoveryKeySchema,
  restoredSchema,
  rotationRequestSchema,
  rotationResponseSchema,
  safekeepingRoutes,
} from '../../shared/protocol/safekeeping.ts';
import { retriedSchema, updateRoutes, updatesSchema } from '../../shared/protocol/updates.ts';
import type { Operation } from './operation.ts';

const archive = 'application/octet-stream';

/** For the day after: backups, restored databases, updates, credentials. */
export const safekeepingOperations: readonly Operation[] = [
  {
    id: 'getRestored',
    method: 'get',
    path: safekeepingRoutes.restored,
    access: 'socket',
    summary: 'What would be trusted again, where the database was restored from a copy.',
    answers: { 200: { description: 'null: it was not.', schema: restoredSchema.nullable() } },
  },
  {
    id: 'confirmRestored',
    method: 'post',
    path: safekeepingRoutes.restored,
    access: 'socket',
    summary: 'Trusts a database that was restored from a copy.',
    answers: { 204: { description: 'The fence is down.' } },
  },
  {
    id: 'createBackup',
    method: 'post',
    path: safekeepingRoutes.backups,
    access: 'socket',
    summary: 'Makes a backup.',
    answers: { 200: { description: 'The archive.', type: archive } },
  },
  {
    id: 'hasRecoveryKey',
    method: 'get',
    path: safekeepingRoutes.recoveryKey,
    access: 'socket',
    summary: 'Whether there is a key that opens the copies of backups.',
    answers: { 200: { description: 'Not the key.', schema: z.object({ exists: z.boolean() }) } },
  },
  {
    id: 'setRecoveryKey',
    method: 'post',
    path: safekeepingRoutes.recoveryKey,
    access: 'socket',
    summary: 'Encrypts the copies of backups for this key from now on.',
    body: recoveryKeySchema,
    answers: { 204: { description: 'Kept.' } },
  },
  {
    id: 'rotateCredentials',
    method: 'post',
    path: safekeepingRoutes.rotations,
    access: 'socket',
    summary: 'Has a host, or all of them, replace its credential.',
    body: rotationRequestSchema,
    answers: { 202: { description: 'Who was asked to.', schema: rotationResponseSchema } },
  },
  {
    id: 'getBackupCopy',
    method: 'get',
    path: `${safekeepingRoutes.copies}/:name`,
    access: 'host-credential',
    summary: 'An encrypted copy of a backup, for a host that is to keep one.',
    answers: { 200: { description: 'The archive.', type: archive } },
  },
  {
    id: 'getUpdates',
    method: 'get',
    path: updateRoutes.updates,
    access: 'socket',
    summary: 'How far agents have followed the coordinator’s version.',
    answers: { 200: { description: 'By host.', schema: updatesSchema } },
  },
  {
    id: 'retryUpdates',
    method: 'post',
    path: updateRoutes.retry,
    access: 'socket',
    summary: 'Goes on with updates after a failure.',
    answers: { 202: { description: 'Those that had failed.', schema: retriedSchema } },
  },
];
