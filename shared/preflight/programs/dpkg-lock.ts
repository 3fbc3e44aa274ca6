import { type Check, notLooked, ok, warning } from '../check.ts';

export const dpkgLock: Check = {
  id: 'dpkg-lock',
  group: 'programs',
  level: 'warning',
  title: { en: 'Nobody else installs packages', zh: '没有其他程序正在安装软件包' },
  reason: {
    en: 'Only one program may: right after boot the unattended upgrade often does for minutes.',
    zh: '同一时刻只允许一个程序安装；开机后自动更新常占用数分钟。',
  },
  needed: { en: 'the locks of dpkg and apt are free', zh: 'dpkg 与 apt 的锁空闲' },
  remedy: {
    en: 'muster waits for it for five minutes; end it only where it hangs',
    zh: 'muster 会等待五分钟；仅在其卡死时才结束它',
  },
  command: 'sudo fuser -v /var/lib/dpkg/lock-frontend /var/lib/apt/lists/lock',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.packageLock === null) return notLooked;
    return software.packageLock === ''
      ? ok({ en: 'free', zh: '空闲' })
      : warning({ en: `held by ${software.packageLock}`, zh: `被 ${software.packageLock} 占用` });
  },
};
