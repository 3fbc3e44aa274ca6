import { now } from '../state/clock.ts';
import { duration, t } from '../text/index.ts';

/** "4 s ago", updated continuously; "never" for null. */
export function Age({ at }: { at: string | null }) {
  if (at === null) return <span class="number">{t().never}</span>;
  return (
    <time class="number" dateTime={at}>
      {t().ago(duration((now.value - Date.parse(at)) / 1000))}
    </time>
  );
}

/** Elapsed time, updated continuously. */
export function Elapsed({ since }: { since: string }) {
  return <span class="number">{duration((now.value - Date.parse(since)) / 1000)}</span>;
}
