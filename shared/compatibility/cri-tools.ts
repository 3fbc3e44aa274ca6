import type { LocalText } from '../text/local-text.ts';
import { compareVersions } from './versions.ts';

/** The versions of cri-tools that can talk to a containerd. */
export interface CriToolsRange {
  accepts(version: string): boolean;
  required: LocalText;
}

/** crictl speaks CRI v1alpha2 up to 1.25 and CRI v1 from 1.23; containerd serves them up to 1.7 and from 1.6. */
export function criToolsFor(containerd: string | null): CriToolsRange | null {
  if (containerd === null) return null;
  if (compareVersions(containerd, '1.6') < 0) {
    return {
      accepts: (version) => compareVersions(version, '1.26') < 0,
      required: { en: 'older than 1.26', zh: '低于 1.26' },
    };
  }
  if (compareVersions(containerd, '2.0') < 0) return null;
  return {
    accepts: (version) => compareVersions(version, '1.23') >= 0,
    required: { en: '1.23 or newer', zh: '1.23 或更高版本' },
  };
}
