import { fileURLToPath } from 'node:url';

/** The page's static files: `assets/` beside this file or, in the release, beside the bundle that it has become part of. */
const assetsFolder = fileURLToPath(new URL('./assets/', import.meta.url));

/** Path on the wire -> file. A list, so that nothing else of the folder can be asked for. */
export const assets = ['page.css', 'parts.css', 'host.css', 'page.js', 'icon.svg'] as const;

export function assetOptions() {
  return { root: assetsFolder, cacheControl: false };
}
