import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import {
  recoveryPreviewSchema,
  recoveryQuerySchema,
  recoveryRequestSchema,
  recoveryResponseSchema,
  recoveryRoute,
} from '../../shared/protocol/recovery.ts';
import {
  clusterBackupResultSchema,
  type Restored,
  recoveryKeySchema,
  restoredSchema,
  rotationRequestSchema,
  rotationResponseSchema,
  safekeepingRoutes,
} from '../../shared/protocol/safekeeping.ts';
import { previewRecovery, recoverCluster } from '../upkeep/recovery.ts';
import { wantRotation } from '../upkeep/rotation.ts';
import { hostOf } from './http/auth.ts';
import { download } from './http/download.ts';
import { endpoint } from './http/endpoint.ts';
import type { Parts } from './parts.ts';

const recoveryContext = ({ store, plan, now, news, isAvailable }: Parts) => {
  return { store, plan: plan(), now: now(), news, isAvailable };
};

const archive = 'application/octet-stream';
const iso = (time: number): string => new Date(time).toISOString();

/** Recovery of a lost cluster, restored databases, backups and credential rotation. */
export const safekeepingEndpoints = [
  endpoint({
    id: 'previewRecovery',
    method: 'get',
    path: recoveryRoute,
    access: 'socket',
    summary: 'Shows what the recovery of the cluster would restore or re-create.',
    query: recoveryQuerySchema,
    answers: { 200: { description: 'Nothing is changed.', schema: recoveryPreviewSchema } },
    answer: (parts, { query }) => previewRecovery(recoveryContext(parts), query),
  }),
  endpoint({
    id: 'recoverCluster',
    method: 'post',
    path: recoveryRoute,
    access: 'socket',
    // Without a quorum of etcd no coordinator is active.
    needs: 'any',
    summary:
      'Restores a cluster whose etcd permanently lost quorum, or re-creates one whose control planes were all reset.',
    body: recoveryRequestSchema,
    answers: { 201: { description: 'The host that restores or creates the cluster.', schema: recoveryResponseSchema } },
    fenced: true,
    answer(parts, { body }) {
      const ordered = recoverCluster(recoveryContext(parts), body);
      // Of several coordinators without the API, agents follow the one with the highest revision.
      const { standing, store } = parts;
      if (standing.state() === 'cut-off') store.transaction(() => store.revision.confirm({ seen: 0 }));
      return ordered;
    },
  }),
  endpoint({
    id: 'getRestored',
    method: 'get',
    path: safekeepingRoutes.restored,
    access: 'socket',
    summary: 'Lists what becomes trusted again when a restored database is confirmed.',
    answers: { 200: { description: 'null: the database was not restored.', schema: restoredSchema.nullable() } },
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
    needs: 'active',
    summary: 'Confirms a restored database.',
    answers: { 204: { description: 'Enrolment, joins and operations continue.' } },
    answer({ fence }) {
      if (fence.confirm()) return;
      throw new MusterError('not-restored');
    },
  }),
  endpoint({
    id: 'createBackup',
    method: 'post',
    path: safekeepingRoutes.backups,
    access: 'socket',
    summary: 'Creates a backup.',
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
    summary: 'Returns whether a recovery key exists.',
    answers: { 200: { description: 'Never the key itself.', schema: z.object({ exists: z.boolean() }) } },
    answer: async ({ backups }) => ({ exists: await backups.hasRecoveryKey() }),
  }),
  endpoint({
    id: 'setRecoveryKey',
    method: 'post',
    path: safekeepingRoutes.recoveryKey,
    access: 'socket',
    needs: 'active',
    summary: 'Sets the recovery key that encrypts backup copies.',
    body: recoveryKeySchema,
    answers: { 204: { description: 'Stored.' } },
    answer: ({ backups }, { body }) => backups.setRecoveryKey(body),
  }),
  endpoint({
    id: 'rotateCredentials',
    method: 'post',
    path: safekeepingRoutes.rotations,
    access: 'socket',
    needs: 'active',
    summary: 'Requests rotation of the credential of one host or of all hosts.',
    body: rotationRequestSchema,
    answers: { 202: { description: 'The hosts concerned.', schema: rotationResponseSchema } },
    fenced: true,
    answer: ({ store, now, news }, { body }) => ({ hosts: wantRotation({ store, now: now(), news }, body.host) }),
  }),
  endpoint({
    id: 'backUpCluster',
    method: 'post',
    path: safekeepingRoutes.clusterBackups,
    access: 'socket',
    needs: 'active',
    summary: 'Requests a backup of etcd and the PKI on every control plane, and its verification.',
    answers: { 202: { description: 'The control planes.', schema: z.array(clusterBackupResultSchema) } },
    fenced: true,
    answer({ clusterBackups }) {
      clusterBackups.ask();
      return clusterBackups.results();
    },
  }),
  endpoint({
    id: 'getClusterBackups',
    method: 'get',
    path: safekeepingRoutes.clusterBackups,
    access: 'socket',
    summary: 'Lists the control planes with their backups of the cluster.',
    answers: { 200: { description: 'In the order of the plan.', schema: z.array(clusterBackupResultSchema) } },
    answer: ({ clusterBackups }) => clusterBackups.results(),
  }),
  endpoint({
    id: 'putClusterCopy',
    method: 'put',
    path: `${safekeepingRoutes.clusterCopies}/:name`,
    access: 'host-credential',
    needs: 'any',
    summary: 'Receives a backup of etcd and the PKI, encrypted by a control plane, for the hosts that keep copies.',
    answers: { 204: { description: 'Stored.' } },
    refusesDoubt: true,
    async respond({ clusterBackups }, { param, request, response }) {
      await clusterBackups.copies.receive(hostOf(response), param('name'), request);
      response.status(204).end();
    },
  }),
  endpoint({
    id: 'getBackupCopy',
    method: 'get',
    path: `${safekeepingRoutes.copies}/:name`,
    access: 'host-credential',
    needs: 'any',
    summary: 'Returns an encrypted backup copy to a host that keeps one.',
    answers: { 200: { description: 'The archive.', type: archive } },
    respond({ backups, clusterBackups }, { param, response }) {
      const wanted = [hostOf(response), param('name')] as const;
      const path = backups.copyFor(...wanted) ?? clusterBackups.copies.pathFor(...wanted);
      if (path === null) throw new MusterError('copy-unknown');
      return download(response, path, { dotfiles: 'allow' });
    },
  }),
];
