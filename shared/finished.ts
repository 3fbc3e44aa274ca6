/** Runs interruptible work to its end without a pause; returns its result. */
export function finished<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
