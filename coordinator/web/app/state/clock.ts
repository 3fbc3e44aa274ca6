import { signal } from '@preact/signals';

/** Milliseconds by which the coordinator's clock is ahead of the browser's. */
let ahead = 0;

/** The coordinator's time in milliseconds since the epoch, updated every second. */
export const now = signal(Date.now());

/** Adopts the coordinator's time. `now` follows with the next tick, or at once if it differs by more than 2 s. */
export function setClock(serverNow: string): void {
  ahead = Date.parse(serverNow) - Date.now();
  const told = Date.now() + ahead;
  if (Math.abs(told - now.peek()) > 2000) now.value = told;
}

export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) now.value = Date.now() + ahead;
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    now.value = Date.now() + ahead;
  });
}
