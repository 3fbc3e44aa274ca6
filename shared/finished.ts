/** Runs work that could be done in slices at once, to its end. */
export function finished<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
