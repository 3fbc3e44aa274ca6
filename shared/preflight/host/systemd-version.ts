import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { compareVersions } from '../versions.ts';

/** The first that takes StandardOutput=file: on a transient unit, which long programs run as. */
const oldest = '236';

export const systemdVersion: Check = {
  id: 'systemd-version',
  group: 'host',
  level: 'error',
  title: { en: 'systemd is new enough', zh: 'systemd 版本足够新' },
  reason: {
    en: 'apt and kubeadm run as transient units, so that they outlive the agent; older versions of systemd can’t keep their output.',
    zh: 'apt 和 kubeadm 以临时单元运行，代理重启也不会中断；旧版 systemd 无法保存其输出。',
  },
  needed: { en: `systemd ${oldest} or newer`, zh: `systemd ${oldest} 或更新版本` },
  remedy: { en: 'Upgrade the system', zh: '升级系统' },
  command: 'sudo apt-get install --only-upgrade systemd',
  judge({ facts }) {
    const version = facts.packages.systemd;
    if (version == null) return notLooked;
    return compareVersions(version, oldest) >= 0 ? ok(verbatim(version)) : error(verbatim(version));
  },
};
