import { z } from 'zod';
import { anyText, hostText, sha256Hex } from './text.ts';

export const releaseVersion = z
  .string()
  .max(64)
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a version such as 1.2.3');

/**
 * Content of release-ARCH.json, the manifest of a release for one architecture; release-ARCH.json.sig holds its ed25519
 * signature, base64.
 */
export const releaseSchema = z.object({
  version: releaseVersion,
  /** SHA-256 by file name: the programs, runtime-ARCH.tar.gz, and the scripts that install the coordinator. */
  files: z.record(z.string().regex(/^[a-z0-9][a-z0-9.-]*$/), sha256Hex),
});
export type Release = z.infer<typeof releaseSchema>;

export const manifestName = (arch: string) => `release-${arch}.json`;
export const signatureName = (arch: string) => `${manifestName(arch)}.sig`;
/** Public release key, PEM. Agents trust the key they were installed with. */
export const releaseKeyName = 'release.pub';

/** State of an agent's update; null in a report: nothing to report. */
export const updateSchema = z.object({
  version: hostText(64),
  /** `failed`: rolled back to the previous agent. */
  state: z.enum(['updating', 'failed']),
  message: anyText,
  /** Code of the error; absent: none, or not a catalogued error. */
  code: hostText(64).optional(),
});
export type Update = z.infer<typeof updateSchema>;
