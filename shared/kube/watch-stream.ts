import got, { HTTPError, type OptionsInit } from 'got';
import { z } from 'zod';
import { jsonOrUndefined } from '../json.ts';

/** `expired`: the API server no longer has the changes since the version (410): list again. */
export type WatchEnd = 'ended' | 'expired' | 'failed';

const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({ code: z.number().optional() }),
});
export type WatchEvent = z.infer<typeof eventSchema>;

/** Duration of a watch, in seconds; the API server ends it, and the next one continues. */
const watchSeconds = 300;
/** A connection that the API server did not end is dead after this time, in ms. */
const deadMs = (watchSeconds + 30) * 1000;
/** Limit of one event, in characters; a Node with many images has about 100,000. */
const longestEvent = 4_000_000;
const gone = 410;

export interface Watching {
  /** The version after which changes are wanted. */
  resourceVersion: string;
  /** Called with each event; false ends the watch as failed. */
  take(event: WatchEvent): boolean;
  signal: AbortSignal;
}

/** Watches a collection until the API server or the signal ends it. */
export async function watchStream(
  url: URL,
  https: NonNullable<OptionsInit['https']>,
  { resourceVersion, take, signal }: Watching,
): Promise<WatchEnd> {
  const search = { watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: String(watchSeconds), resourceVersion };
  url.search = new URLSearchParams(search).toString();
  const ends = AbortSignal.any([signal, AbortSignal.timeout(deadMs)]);
  const stream = got.stream(url, { https, retry: { limit: 0 }, followRedirect: false, signal: ends });
  try {
    for await (const line of linesOf(stream)) {
      const { data: event } = eventSchema.safeParse(jsonOrUndefined(line));
      if (event === undefined) return 'failed';
      if (event.type === 'ERROR') return event.object.code === gone ? 'expired' : 'failed';
      if (!take(event)) return 'failed';
    }
    return 'ended';
  } catch (error) {
    return error instanceof HTTPError && error.response.statusCode === gone ? 'expired' : 'failed';
  } finally {
    stream.destroy();
  }
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestEvent) throw new Error('an event is too long');
    yield* lines;
  }
}
