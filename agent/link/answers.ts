import type { Response } from 'got';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { version } from '../../shared/version.ts';
import { retryAfter } from './retry.ts';

/** The problem that the coordinator sent, or `unexpected-answer`. */
export function refusal(response: Response<string>): MusterError {
  const problem = problemSchema.safeParse(jsonOrUndefined(Buffer.from(response.rawBody).toString()));
  const status = response.statusCode;
  const wait = retryAfter(response.headers['retry-after'], Date.now());
  const retry = wait === null ? {} : { retryAfter: Math.ceil(wait / 1000) };
  if (!problem.success)
    return new MusterError('unexpected-answer', { seen: `HTTP ${status}`, fix: '' }, { status, ...retry });
  return new MusterError(problem.data, {}, { status, ...retry });
}

const otherShape = { en: 'it does not have the expected form', zh: '其格式不符合预期' };
const otherVersion = {
  en: `the coordinator and this agent (${version}) may differ too much in version: run the install command again`,
  zh: `协调器与该代理（${version}）的版本可能相差过大：请重新运行安装命令`,
};

export const otherForm = () => new MusterError('unexpected-answer', { seen: otherShape, fix: otherVersion });

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** Validates JSON of the coordinator. Throws MusterError `unexpected-answer`. */
export function readJson<T>(schema: Schema<T>, text: string): T {
  const parsed = schema.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data;
  throw otherForm();
}
