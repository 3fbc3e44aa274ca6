import { z } from 'zod';
import { clusterSettingsSchema } from '../plan/schema.ts';
import { ageRecipient, hostName } from './text.ts';

/** What a signature covers: all settings that agents act on. Hosts that pin the key use nothing else. */
export const signedPlanSchema = z.object({
  /** Rises with each signature; agents refuse an older plan. */
  serial: z.number().int().positive(),
  settings: clusterSettingsSchema,
  /** Hosts that may be reset or leave the cluster at the coordinator's request. */
  removals: z.array(hostName),
  /** The public half of the recovery key that backups of the cluster may be encrypted to; absent: none may leave. */
  recoveryKey: ageRecipient.optional(),
});
export type SignedPlan = z.infer<typeof signedPlanSchema>;

/** The content of cluster.yaml.sig. */
export const signedTextSchema = z.object({
  /** A SignedPlan as JSON, exactly as signed. */
  text: z.string().max(8 * 1024 ** 2),
  /** Ed25519 signature, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type SignedText = z.infer<typeof signedTextSchema>;

/** An Ed25519 public key: 32 bytes, base64. */
export const planKeyPattern = /^[A-Za-z0-9+/]{43}=$/;
