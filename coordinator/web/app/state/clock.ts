import { signal } from '@preact/signals';

/** Milliseconds by which the coordinator's clock is ahead of this browser's. */
let ahead = 0;

/** The coordinator's time, milliseconds since the epoch; moves once a second. */
export const now = signal(Date.now());

export function setClock(serverNow: string): void {
  ahead = Date.parse(serverNow) - Date.now();
  now.value = Date.now() + ahead;
}

export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) now.value = Date.now() + ahead;
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    now.value = Date.now() + ahead;
  });
}
