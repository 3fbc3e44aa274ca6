import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

const bad = ['devicemapper', 'aufs', 'vfs', 'overlay'];

export const dockerStorage: Check = {
  id: 'docker-storage',
  group: 'runtime',
  level: 'warning',
  depends: { en: 'Only if docker is planned and running.', zh: '仅当计划使用 docker 且其正在运行时检查。' },
  title: { en: 'docker’s storage driver is supported', zh: 'docker 存储驱动受支持' },
  reason: {
    en: 'vfs copies every layer and fills the disk; newer versions removed devicemapper and aufs.',
    zh: 'vfs 会复制每一层并占满磁盘；新版本已移除 devicemapper 与 aufs。',
  },
  needed: { en: 'overlay2, btrfs or zfs', zh: 'overlay2、btrfs 或 zfs' },
  remedy: {
    en: 'Set storage-driver to overlay2 in /etc/docker/daemon.json and restart docker; images are pulled again',
    zh: '在 /etc/docker/daemon.json 中将 storage-driver 设为 overlay2 并重启 docker；镜像会重新拉取',
  },
  command: '',
  judge({ facts: { software, runtimes }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (runtimes.find(({ name }) => name === 'docker')?.active !== true)
      return ok({ en: 'docker is not running yet', zh: 'docker 尚未运行' });
    if (software.dockerStorageDriver === null)
      return unknown({ en: 'storage driver could not be read', zh: '无法读取存储驱动' });
    const seen = verbatim(software.dockerStorageDriver);
    return bad.includes(software.dockerStorageDriver) ? warning(seen) : ok(seen);
  },
};
