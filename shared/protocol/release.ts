import { z } from 'zod';
import { anyText, hostText, sha256Hex } from './text.ts';

export const releaseVersion = z
  .string()
  .max(64)
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a version such as 1.2.3');

/** What a release for one architecture is made of: release-ARCH.json, whose signature (ed25519, base64) stands in release-ARCH.json.sig. */
export const releaseSchema = z.object({
  version: releaseVersion,
  /** SHA-256 by file name: agent.tar.gz and runtime-ARCH.tar.gz. */
  files: z.record(z.string().regex(/^[a-z0-9][a-z0-9.-]*$/), sha256Hex),
});
export type Release = z.infer<typeof releaseSchema>;

export const manifestName = (arch: string) => `release-${arch}.json`;
export const signatureName = (arch: string) => `${manifestName(arch)}.sig`;
/** The public key, PEM. Agents trust the one that they were installed with. */
export const releaseKeyName = 'release.pub';

/** How an agent's own update stands; null on the wire: there is nothing to tell. */
export const updateSchema = z.object({
  version: hostText(64),
  /** `failed`: the agent that was there before is at work. */
  state: z.enum(['updating', 'failed']),
  message: anyText,
  /** Of the error that it failed with; absent: none, or one that is in no catalogue. */
  code: hostText(64).optional(),
});
export type Update = z.infer<typeof updateSchema>;
