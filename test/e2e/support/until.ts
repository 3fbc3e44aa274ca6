/** How many times longer than on a calm machine something may take before it counts as not coming. */
const slack = 3;

/**
 * Polls until `holds` does; throws with what it waited for. `seconds`: longest time on a calm machine. An error of `holds` counts as "not yet".
 */
export async function until(
  holds: () => Promise<boolean>,
  { seconds, every = 1_000, what }: { seconds: number; every?: number; what: string },
): Promise<void> {
  const end = Date.now() + slack * seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(`waited ${slack * seconds} s for ${what}`, { cause: last });
}

/** The items in an order that `random`, numbers in [0, 1), decides. */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
