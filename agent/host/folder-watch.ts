import { existsSync, watch } from 'node:fs';

const lookAgainMs = 1000;

/**
 * Calls back when something directly in the folder was made, changed or removed, or the folder itself came or went. The kernel
 * tells (inotify), so that waiting costs nothing; only a folder that is not there is looked for each second.
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
