import { type Check, notLooked, ok, warning } from '../check.ts';

export const dpkgLock: Check = {
  id: 'dpkg-lock',
  group: 'programs',
  level: 'warning',
  title: { en: 'dpkg and apt locks are free', zh: 'dpkg 与 apt 的锁空闲' },
  reason: {
    en: 'Only one program can install packages at a time; after boot, unattended-upgrades often holds the lock for minutes.',
    zh: '同一时刻只允许一个程序安装软件包；开机后 unattended-upgrades 常占用锁数分钟。',
  },
  needed: { en: 'free locks of dpkg and apt', zh: 'dpkg 与 apt 的锁空闲' },
  remedy: {
    en: 'Wait; muster installs once the lock is free. Stop the process only if it hangs',
    zh: '请等待；锁释放后 muster 会继续安装。仅在该进程卡住时才停止它',
  },
  command: '',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.packageLock === null) return notLooked;
    return software.packageLock === ''
      ? ok({ en: 'locks are free', zh: '锁空闲' })
      : warning({ en: `held by ${software.packageLock}`, zh: `被 ${software.packageLock} 占用` });
  },
};
