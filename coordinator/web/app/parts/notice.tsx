import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { ApiError } from '../state/api.ts';
import { t } from '../text/index.ts';
import { Command } from './command.tsx';

/** A notice with a heading. */
export function Notice({ title, tone, children }: { title: string; tone?: 'bad'; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class={`notice ${tone ?? ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What could not be loaded or done, in the coordinator's words. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{error instanceof ApiError ? error.message : t().failedToLoad}</strong>
      </p>
      {error instanceof ApiError && <Command text={error.remedy} />}
      {retry && (
        <button type="button" onClick={retry}>
          {t().tryAgain}
        </button>
      )}
    </div>
  );
}

/** A placeholder of the final size, so that the layout does not shift. */
export function Skeleton({ rows }: { rows: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}
