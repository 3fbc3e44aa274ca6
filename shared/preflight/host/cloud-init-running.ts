import { type Check, notLooked, ok, warning } from '../check.ts';

export const cloudInitRunning: Check = {
  id: 'cloud-init-running',
  group: 'host',
  level: 'warning',
  title: { en: 'cloud-init has finished', zh: 'cloud-init 已完成' },
  reason: {
    en: 'While it runs it installs packages and writes the same files; what it does last wins.',
    zh: '它运行期间会安装软件包并改写相同的文件，最后写入者生效。',
  },
  needed: { en: 'finished, or not there', zh: '已完成或未安装' },
  remedy: {
    en: 'Wait for it; muster’s own steps wait for apt by themselves',
    zh: '等待其完成；muster 的步骤会自动等待 apt',
  },
  command: 'cloud-init status --wait',
  judge({ facts: { machine } }) {
    if (machine.cloudInit === null) return notLooked;
    return machine.cloudInit.running
      ? warning({ en: 'it still runs', zh: '仍在运行' })
      : ok({ en: 'not running', zh: '未在运行' });
  },
};
