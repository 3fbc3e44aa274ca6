import { z } from 'zod';
import { ageRecipient } from './text.ts';

/** What all coordinators of a cluster have in common, by file in their state folders. */
export const keyNames = [
  'ca.key',
  'ca.crt',
  'server.key',
  'server.crt',
  'recovery.pub',
  'recovery-signing.key',
] as const;
export type KeyName = (typeof keyNames)[number];

/** Without these, a coordinator would not be the one that agents trust. */
export const neededKeys: readonly KeyName[] = ['ca.key', 'ca.crt', 'server.key', 'server.crt'];

/** POST: an age file with the keys, encrypted to an X25519 recipient whose identity the asking agent has in memory. */
export const coordinatorKeysRoute = '/v1/coordinator-keys';

export const keysRequestSchema = z.object({ recipient: ageRecipient });

/** Content of the age file. */
export const coordinatorKeysSchema = z.object({ files: z.partialRecord(z.enum(keyNames), z.string().max(16_384)) });
export type CoordinatorKeys = z.infer<typeof coordinatorKeysSchema>;
