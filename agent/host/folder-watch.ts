import { existsSync, watch } from 'node:fs';

const lookAgainMs = 1000;

/**
 * Calls back when something directly in the folder is created, changed or removed, or when the folder itself appears or
 * disappears. Uses inotify; only a missing folder is polled, once a second.
 */
export function watchFolder(folder: string, onChange: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;

  function lookAgain(): void {
    const timer = setTimeout(() => {
      if (!existsSync(folder)) return lookAgain();
      arm();
      onChange();
    }, lookAgainMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  function arm(): void {
    if (signal.aborted) return;
    const given = new AbortController();
    try {
      const watcher = watch(folder, { signal: AbortSignal.any([signal, given.signal]) });
      const lost = () => {
        if (given.signal.aborted) return;
        given.abort();
        lookAgain();
      };
      watcher.on('change', () => {
        if (!existsSync(folder)) lost();
        onChange();
      });
      watcher.on('error', lost);
    } catch {
      lookAgain();
    }
  }

  arm();
}
