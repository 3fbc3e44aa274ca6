import type { Runtime } from '../plan/schema.ts';
import type { Facts } from '../protocol/facts.ts';
import { isVersion } from './versions.ts';

/**
 * The version of the runtime's package on a host. `installed`: stays as it is; `offered`: would be installed;
 * `not-offered`: no source has the planned version; `unknown`: the sources' indexes are not known.
 */
export type RuntimeVersion =
  | { state: 'installed' | 'offered'; version: string }
  | { state: 'not-offered' | 'unknown'; version: null; offers: readonly string[] };

type Known = Pick<Facts, 'packages' | 'reach'>;

/** What will run on a host, as far as it is known before anything is installed. */
export function runtimeVersion({ packages, reach }: Known, runtime: Runtime): RuntimeVersion {
  const installed = packages[runtime.package] ?? null;
  if (installed !== null && (runtime.version === null || isVersion(installed, runtime.version) || reach === null)) {
    return { state: 'installed', version: installed };
  }
  const offers = reach?.offers?.[runtime.package];
  if (offers === undefined) return { state: 'unknown', version: null, offers: [] };
  const version = chosenOffer(offers, runtime.version);
  return version === null ? { state: 'not-offered', version, offers } : { state: 'offered', version };
}

/** The offer that would be installed, which is the first unless a version is planned; null: none. */
export function chosenOffer(offers: readonly string[], planned: string | null): string | null {
  return (planned === null ? offers[0] : offers.find((offer) => isVersion(offer, planned))) ?? null;
}
