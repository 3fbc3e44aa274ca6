/** The upper edge of each row below the first, and at last the end of the list, in pixels. */
export type Edges = readonly number[];

export function edgesOf(heights: readonly number[]): Edges {
  let end = 0;
  return [
    0,
    ...heights.map((height) => {
      end += height;
      return end;
    }),
  ];
}

/** The rows between two distances from the list's top, in pixels, with some more on both sides. */
export function rowsBetween(edges: Edges, from: number, to: number, more: number): { first: number; end: number } {
  const count = edges.length - 1;
  const first = Math.max(0, rowAt(edges, from) - more);
  const end = Math.min(count, rowAt(edges, to) + 1 + more);
  return { first: Math.min(first, count), end: Math.max(0, end) };
}

/** The row at a distance from the top: -1 above the first, the number of rows below the last. */
function rowAt(edges: Edges, y: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
