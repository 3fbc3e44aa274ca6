import { longestPage, type StatusPage, type StatusQuery } from '../../shared/protocol/status.ts';

/** Which hosts to read; all of them if empty. */
export interface Selection extends Pick<StatusQuery, 'phase' | 'search' | 'order'> {
  /** Maximum number of hosts. */
  limit?: number | undefined;
}

interface Page {
  hosts: { name: string }[];
  page: StatusPage['page'];
}

/** The selected hosts, read in pages, so that no answer of a large cluster holds up the coordinator. */
export async function readPages<T extends Page>(
  read: (query: StatusQuery) => Promise<T>,
  { limit = Number.POSITIVE_INFINITY, ...selection }: Selection,
): Promise<T> {
  const first = await read({ ...selection, limit: Math.min(limit, longestPage) });
  // A host that changes meanwhile may be in two pages.
  const hosts = new Map(first.hosts.map((host) => [host.name, host]));
  let { next } = first.page;
  while (next !== null && hosts.size < limit) {
    const page = await read({ ...selection, limit: Math.min(limit - hosts.size, longestPage), after: next });
    for (const host of page.hosts) hosts.set(host.name, host);
    next = page.page.next;
  }
  return { ...first, hosts: [...hosts.values()], page: { ...first.page, next } };
}
