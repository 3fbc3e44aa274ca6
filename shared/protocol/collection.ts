import { z } from 'zod';
import { opaqueId } from '../plan/patterns.ts';
import { hostText } from './text.ts';

/** Requests journals and configuration of a host for a support bundle. */
export const collectRequestSchema = z.object({ id: z.string().regex(opaqueId) });
export type CollectRequest = z.infer<typeof collectRequestSchema>;

/** Maximum characters of a file, number of files, and body size in bytes (4 MB). */
export const collectionLimits = { file: 200_000, files: 64, bodyBytes: 4 * 1024 * 1024 } as const;

/** POST /v1/collections/ID: the collected files, with secrets redacted. */
export const collectionSchema = z.object({
  files: z
    .array(
      z.object({
        /** Relative to the host's folder in the bundle, such as `etc/hosts` or `journal/kubelet.log`. */
        name: z
          .string()
          .max(200)
          .regex(/^(?!.*\.\.)[\w.-][\w./-]*$/, 'a relative path'),
        text: hostText(collectionLimits.file),
      }),
    )
    .max(collectionLimits.files),
});
export type Collection = z.infer<typeof collectionSchema>;
