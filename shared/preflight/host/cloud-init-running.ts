import { type Check, notLooked, ok, warning } from '../check.ts';

export const cloudInitRunning: Check = {
  id: 'cloud-init-running',
  group: 'host',
  level: 'warning',
  title: { en: 'cloud-init has finished', zh: 'cloud-init 已运行完毕' },
  reason: {
    en: 'While it runs, cloud-init installs packages and writes the same files as muster; the last writer wins.',
    zh: 'cloud-init 运行期间会安装软件包，并写入与 muster 相同的文件，以最后写入者为准。',
  },
  needed: { en: 'cloud-init finished or not installed', zh: 'cloud-init 已运行完毕或未安装' },
  remedy: {
    en: 'Wait until cloud-init has finished; muster waits for the apt lock',
    zh: '等待 cloud-init 运行完毕；muster 会等待 apt 锁',
  },
  command: 'cloud-init status --wait',
  judge({ facts: { machine } }) {
    if (machine.cloudInit === null) return notLooked;
    return machine.cloudInit.running
      ? warning({ en: 'cloud-init is running', zh: 'cloud-init 正在运行' })
      : ok({ en: 'cloud-init is not running', zh: 'cloud-init 未在运行' });
  },
};
