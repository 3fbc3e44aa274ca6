/** List items that muster added to a file of the site, by list. */
export type Added = Record<string, readonly string[]>;

/** The content of a merged file. `added`: what muster has added to its lists. */
export interface Merged {
  content: string;
  added: Added;
}

/**
 * Joins two lists without duplicates. Items that muster added earlier and that are no longer needed are removed; all
 * others belong to the site.
 */
export function mergedList(
  existing: readonly string[],
  needed: readonly string[],
  addedBefore: readonly string[] = [],
  place: 'first' | 'last' = 'last',
): { items: string[]; added: string[] } {
  const has = (list: readonly string[], item: string) => list.some((one) => key(one) === key(item));
  const added = needed.filter((item) => has(addedBefore, item) || !has(existing, item));
  const site = existing.filter((item) => !has(needed, item) && !has(addedBefore, item));
  const isOrdered = place === 'last' && needed.every((item) => has(existing, item));
  // An item that is there already keeps its spelling, and its place where the order does not matter.
  const spelled = needed.map((item) => existing.find((one) => key(one) === key(item)) ?? item);
  if (isOrdered) return { items: existing.filter((item) => has(needed, item) || has(site, item)), added };
  return { items: [...new Set(place === 'first' ? [...spelled, ...site] : [...site, ...spelled])], added };
}

/** URLs with and without a final slash name one mirror. */
const key = (item: string) => item.replace(/\/+$/, '');
