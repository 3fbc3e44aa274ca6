import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';

export const dockerSnap: Check = {
  id: 'docker-snap',
  group: 'runtime',
  level: 'error',
  guards: ['packages', 'runtime', ...becomesNode],
  depends: { en: 'Error if docker is planned, otherwise warning.', zh: '计划使用 docker 时为错误，否则为警告。' },
  title: { en: 'docker is not installed as a snap', zh: 'docker 不是以 snap 安装' },
  reason: {
    en: 'A snap cannot access /etc/docker and /var/lib/kubelet: the kubelet’s containers see empty volumes.',
    zh: 'snap 无法访问 /etc/docker 与 /var/lib/kubelet：kubelet 的容器看到的卷为空。',
  },
  needed: { en: 'docker from a Debian package, or no docker', zh: '以 Debian 软件包安装的 docker，或未安装' },
  remedy: { en: 'Remove the snap', zh: '移除该 snap' },
  command: 'sudo snap remove docker',
  judge({ facts: { software }, assignment }) {
    if (software.dockerSnap === null) return notLooked;
    if (!software.dockerSnap) return ok({ en: 'no docker snap', zh: '没有 docker snap' });
    const seen = verbatim('/snap/bin/docker');
    return assignment?.settings.runtime.name === 'docker' ? error(seen) : warning(seen);
  },
};
