import type { Problem } from '../../../../shared/errors/errors.ts';
import { verbatim } from '../../../../shared/text/local-text.ts';
import { language } from './preferences.ts';

/** An error with the coordinator's message and remedy. */
export class ApiError extends Error {
  readonly remedy: string;
  constructor({ message, remedy }: Pick<Problem, 'message' | 'remedy'>) {
    super(message[language.peek()]);
    this.name = 'ApiError';
    this.remedy = remedy?.[language.peek()] ?? '';
  }
}

/** Calls the coordinator in the reader's language. Throws ApiError; an expired session redirects to the login page. */
export async function api<T>(path: string, options: { method?: string; body?: unknown } = {}): Promise<T> {
  const url = new URL(path, location.origin);
  url.searchParams.set('lang', language.peek());
  const { method = 'GET', body } = options;
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (response.status === 401) location.reload();
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => ({ message: verbatim(`HTTP ${response.status}`) }));
  if (!response.ok) throw new ApiError(answer);
  return answer as T;
}
