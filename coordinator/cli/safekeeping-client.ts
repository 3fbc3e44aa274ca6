import { z } from 'zod';
import {
  clusterBackupResultSchema,
  type recoveryKeySchema,
  restoredSchema,
  rotationResponseSchema,
  safekeepingRoutes,
} from '../../shared/protocol/safekeeping.ts';
import { callOperator, fetchOperator } from './client.ts';

const clusterBackupsSchema = z.array(clusterBackupResultSchema);

/** Operator calls for backups, restored databases and credential rotation. */
export function createSafekeepingClient(socket: string) {
  return {
    restored: () => callOperator(socket, restoredSchema.nullable(), safekeepingRoutes.restored),
    confirmRestored: () => callOperator(socket, z.unknown(), safekeepingRoutes.restored, { method: 'POST', json: {} }),
    backup: () => fetchOperator(socket, safekeepingRoutes.backups, { method: 'POST', json: {} }),
    backUpCluster: () =>
      callOperator(socket, clusterBackupsSchema, safekeepingRoutes.clusterBackups, { method: 'POST', json: {} }),
    clusterBackups: () => callOperator(socket, clusterBackupsSchema, safekeepingRoutes.clusterBackups),
    hasRecoveryKey: async () =>
      (await callOperator(socket, z.object({ exists: z.boolean() }), safekeepingRoutes.recoveryKey)).exists,
    setRecoveryKey: (json: z.infer<typeof recoveryKeySchema>) =>
      callOperator(socket, z.unknown(), safekeepingRoutes.recoveryKey, { method: 'POST', json }),
    rotate: async (host: string | null) =>
      (
        await callOperator(socket, rotationResponseSchema, safekeepingRoutes.rotations, {
          method: 'POST',
          json: { host },
        })
      ).hosts,
  };
}
