/** Keeps a value until one of its inputs changes, such as a mark or the plan. */
export function kept<T>(inputs: () => readonly unknown[], compute: () => T): () => T {
  let last: { inputs: readonly unknown[]; value: T } | null = null;
  return () => {
    const current = inputs();
    if (last === null || current.some((input, index) => input !== last?.inputs[index])) {
      last = { inputs: current, value: compute() };
    }
    return last.value;
  };
}
