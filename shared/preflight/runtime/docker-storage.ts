import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

const bad = ['devicemapper', 'aufs', 'vfs', 'overlay'];

export const dockerStorage: Check = {
  id: 'docker-storage',
  group: 'runtime',
  level: 'warning',
  depends: { en: 'Only where docker is planned and runs.', zh: '仅当计划使用 docker 且正在运行时。' },
  title: { en: 'docker’s storage driver is a good one', zh: 'docker 存储驱动合适' },
  reason: {
    en: 'vfs copies every layer and fills the disk; devicemapper and aufs are gone from newer versions.',
    zh: 'vfs 会复制每一层并占满磁盘；devicemapper 与 aufs 已被新版本移除。',
  },
  needed: verbatim('overlay2, btrfs / zfs'),
  remedy: {
    en: 'Set storage-driver to overlay2 in /etc/docker/daemon.json; images have to be pulled again',
    zh: '在 /etc/docker/daemon.json 中将 storage-driver 设为 overlay2；镜像需重新拉取',
  },
  command: 'docker info --format {{.Driver}}',
  judge({ facts: { software, runtimes }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (runtimes.find(({ name }) => name === 'docker')?.active !== true)
      return ok({ en: 'docker is not running yet', zh: 'docker 尚未运行' });
    if (software.dockerStorageDriver === null) return unknown({ en: 'docker does not tell', zh: 'docker 未给出' });
    const seen = verbatim(software.dockerStorageDriver);
    return bad.includes(software.dockerStorageDriver) ? warning(seen) : ok(seen);
  },
};
