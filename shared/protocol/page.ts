import { z } from 'zod';

/** Roles on the status page: viewers read, operators also act. */
export const pageRoles = ['viewer', 'operator'] as const;
export type PageRole = (typeof pageRoles)[number];

/** POST /v1/login-links, over the operator's socket only. */
export const loginLinkRequestSchema = z.object({ role: z.enum(pageRoles).default('operator') });

/** PUT /v1/passwords/ROLE, over the operator's socket only; DELETE removes the password. */
export const passwordRequestSchema = z.object({
  password: z.string().min(8, 'at least 8 characters').max(1024, 'at most 1,024 characters'),
});

/** GET /v1/tokens: enrolment tokens, newest first, without secrets. DELETE /v1/tokens/ID revokes one. */
export const tokenListSchema = z.object({
  tokens: z.array(
    z.object({
      /** First 16 hexadecimal digits of the token's SHA-256; identifies the token without revealing it. */
      id: z.string(),
      /** null: valid once for each planned worker. */
      host: z.string().nullable(),
      createdAt: z.string(),
      expiresAt: z.string(),
      uses: z.array(z.object({ host: z.string(), at: z.string() })),
    }),
  ),
});
export type TokenList = z.infer<typeof tokenListSchema>;

/** GET /v1/plan/differences: parts of the plan that the cluster does not match. */
export const differencesSchema = z.object({
  differences: z.array(
    z.object({
      /** null: not about a planned host. */
      host: z.string().nullable(),
      /** What is compared, in the reader's language. */
      subject: z.string(),
      planned: z.string(),
      actual: z.string(),
      /** What becomes of the planned value; absent: muster is applying it. */
      meaning: z.string().optional(),
      /** How to end the difference. */
      remedy: z.string().optional(),
    }),
  ),
});
export type Differences = z.infer<typeof differencesSchema>;
