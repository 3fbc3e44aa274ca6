import { z } from 'zod';
import { opaqueId } from '../plan/patterns.ts';
import { hostText } from './text.ts';

/** The coordinator asks a host for its journals and configuration, for a support bundle. */
export const collectRequestSchema = z.object({ id: z.string().regex(opaqueId) });
export type CollectRequest = z.infer<typeof collectRequestSchema>;

/** Characters of one file, and files; a body has 4 MB at the most. */
export const collectionLimits = { file: 200_000, files: 64, bodyBytes: 4 * 1024 * 1024 } as const;

/** POST /v1/collections/ID: what the host collected, secrets taken out. */
export const collectionSchema = z.object({
  files: z
    .array(
      z.object({
        /** Below the host's folder in the bundle, such as `etc/hosts` or `journal/kubelet.log`. */
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
