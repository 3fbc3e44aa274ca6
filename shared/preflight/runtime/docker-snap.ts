import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

export const dockerSnap: Check = {
  id: 'docker-snap',
  group: 'runtime',
  level: 'error',
  depends: { en: 'Error where docker is planned, warning elsewhere.', zh: '计划使用 docker 时为错误，否则为警告。' },
  title: { en: 'docker is not a snap', zh: 'docker 并非 snap 安装' },
  reason: {
    en: 'A snap sees neither /etc/docker nor /var/lib/kubelet: the kubelet’s containers find their volumes empty.',
    zh: 'snap 版本看不到 /etc/docker 与 /var/lib/kubelet，kubelet 的容器会发现卷为空。',
  },
  needed: { en: 'docker from a Debian package, or none', zh: '以 Debian 软件包安装的 docker，或未安装' },
  remedy: { en: 'Remove the snap', zh: '卸载该 snap' },
  command: 'sudo snap remove docker',
  judge({ facts: { software }, assignment }) {
    if (software.dockerSnap === null) return notLooked;
    if (!software.dockerSnap) return ok({ en: 'it is not', zh: '不是' });
    const seen = verbatim('/snap/bin/docker');
    return assignment?.settings.runtime.name === 'docker' ? error(seen) : warning(seen);
  },
};
