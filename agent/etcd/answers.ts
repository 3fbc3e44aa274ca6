import { z } from 'zod';

/** Answers of etcd's JSON gateway: integers of 64 bits are strings, and fields with the value zero are absent. */

const integer = z
  .string()
  .regex(/^\d{1,20}$/)
  .default('0');
const bytes = integer.transform(Number);
const text = z.string().max(1024).default('');
const list = <T extends z.ZodType>(item: T) => z.array(item).max(64).default([]);

/** An answer of any call that failed. */
export const failureSchema = z.object({
  code: z.number(),
  message: z.string().optional(),
  error: z.string().optional(),
});

export const membersSchema = z.object({
  members: list(
    z.object({
      ID: integer,
      name: text,
      peerURLs: list(text),
      clientURLs: list(text),
      isLearner: z.boolean().default(false),
    }),
  ),
});

export const statusSchema = z.object({
  header: z.object({ cluster_id: integer, member_id: integer, revision: integer }),
  version: text,
  dbSize: bytes,
  /** Absent before etcd 3.4. */
  dbSizeInUse: bytes,
  /** From etcd 3.6 on; 0: unknown. */
  dbSizeQuota: bytes,
  leader: integer,
  isLearner: z.boolean().default(false),
  errors: list(text),
});

export const alarmsSchema = z.object({
  alarms: list(z.object({ memberID: integer, alarm: z.string().max(64).default('NONE') })),
});

/** One line of a streamed answer. */
export const chunkSchema = z.union([
  z.object({ result: z.object({ blob: z.base64().default('') }) }),
  z.object({ error: z.object({ message: text }) }),
]);

export const rangeSchema = z.object({
  header: z.object({ revision: integer }),
  kvs: z
    .array(z.object({ key: z.base64(), value: z.base64().default(''), mod_revision: integer, version: integer }))
    .max(1000)
    .default([]),
  more: z.boolean().default(false),
});

export const valuesSchema = z.object({
  kvs: z
    .array(z.object({ value: z.base64().default('') }))
    .max(1)
    .default([]),
});
