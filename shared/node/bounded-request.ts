import type { BeforeRedirectHook, Progress } from 'got';

/** A request of got in progress. */
export interface RunningRequest<T> extends Promise<T> {
  on(event: 'downloadProgress', listener: (progress: Progress) => void): unknown;
}

/** Rejects a response as soon as more than `most` bytes arrived; got would keep all of it in memory. */
export async function atMost<T>(most: number, request: (signal: AbortSignal) => RunningRequest<T>): Promise<T> {
  const limit = new AbortController();
  const running = request(limit.signal);
  running.on('downloadProgress', ({ transferred }) => {
    if (transferred > most) limit.abort();
  });
  try {
    return await running;
  } catch (error) {
    if (limit.signal.aborted) throw new Error(`more than ${most} bytes`);
    throw error;
  }
}

/** Refuses a redirect from https to http: what arrives could be anyone's. */
export const keepHttps: BeforeRedirectHook = (next, { url }) => {
  if (url.startsWith('https:') && next.url instanceof URL && next.url.protocol !== 'https:') {
    throw new Error(`redirected from https to ${next.url.origin}`);
  }
};
