import { signal } from '@preact/signals';

/** Milliseconds by which the coordinator's clock is ahead of this browser's. */
let ahead = 0;

/** The coordinator's time, milliseconds since the epoch; moves once a second. */
export const now = signal(Date.now());

/** Takes over the coordinator's time. What is shown moves with the next tick, but for a clock that was off by more than that. */
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
