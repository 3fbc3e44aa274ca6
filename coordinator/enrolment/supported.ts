import {
  isSupportedArchitecture,
  isSupportedSystem,
  supportedArchitectures,
  supportedSystems,
} from '../../shared/systems.ts';

/** null: supported; otherwise what was observed and what is supported, in one line. */
export function unsupported(os: { id: string; versionId: string }, arch: string): string | null {
  if (!isSupportedSystem(os)) {
    return `this host runs ${os.id} ${os.versionId}; supported: ${supportedSystems.en}`;
  }
  return isSupportedArchitecture(arch) ? null : `this host is ${arch}; supported: ${supportedArchitectures.en}`;
}
