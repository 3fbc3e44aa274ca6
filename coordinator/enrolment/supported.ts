import {
  isSupportedArchitecture,
  isSupportedSystem,
  supportedArchitectures,
  supportedSystems,
} from '../../shared/systems.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

/** null if supported; otherwise the observed and the supported systems. */
export function unsupported(os: { id: string; versionId: string }, arch: string): LocalText | null {
  if (!isSupportedSystem(os)) {
    return {
      en: `this host runs ${os.id} ${os.versionId}; supported: ${supportedSystems.en}`,
      zh: `该主机运行 ${os.id} ${os.versionId}；支持：${supportedSystems.zh}`,
    };
  }
  if (isSupportedArchitecture(arch)) return null;
  return {
    en: `the architecture of this host is ${arch}; supported: ${supportedArchitectures.en}`,
    zh: `该主机的架构为 ${arch}；支持：${supportedArchitectures.zh}`,
  };
}
