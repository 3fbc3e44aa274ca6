import type { Facts } from '../../protocol/facts.ts';
import type { LocalText } from '../../text/local-text.ts';

/** In the hybrid hierarchy, v2 has no controllers and the kubelet uses v1. */
export const cgroupName: Record<Facts['cgroup']['version'], LocalText> = {
  '1': { en: 'cgroup v1', zh: 'cgroup v1' },
  '2': { en: 'cgroup v2', zh: 'cgroup v2' },
  hybrid: { en: 'cgroup v1 (hybrid hierarchy)', zh: 'cgroup v1（混合层级）' },
  unknown: { en: 'unknown cgroup version', zh: '未知的 cgroup 版本' },
};
