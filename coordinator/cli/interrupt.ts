/** Fires at Ctrl-C or SIGTERM. For commands that go on until then; all others keep the signals' own effect. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return controller.signal;
}
