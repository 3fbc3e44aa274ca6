/**
 * Where the registry API of a mirror with a path begins; null: at /v2 of its host. A path with a segment v2, such as
 * /v2/PROJECT of Harbor, is the root (`isExplicit`); below any other path, as of Nexus, /v2 follows.
 */
export function mirrorApi(mirror: string): { root: string; isExplicit: boolean } | null {
  const { origin, pathname } = new URL(mirror);
  const path = pathname.replace(/\/+$/, '');
  if (path === '') return null;
  const isExplicit = path.split('/').includes('v2');
  return { root: `${origin}${path}${isExplicit ? '' : '/v2'}`, isExplicit };
}
