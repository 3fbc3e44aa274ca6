import { compareVersions } from '../../compatibility/versions.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

/** The first version that supports StandardOutput=file: on transient units. */
const oldest = '236';

export const systemdVersion: Check = {
  id: 'systemd-version',
  group: 'host',
  level: 'error',
  title: { en: 'systemd version is supported', zh: 'systemd 版本受支持' },
  reason: {
    en: 'apt and kubeadm run as transient units and outlive the agent; an older systemd cannot write their output to a file.',
    zh: 'apt 与 kubeadm 以临时单元运行，不受代理重启影响；更旧的 systemd 无法将其输出写入文件。',
  },
  needed: { en: `systemd ${oldest} or newer`, zh: `systemd ${oldest} 或更高版本` },
  remedy: { en: 'Upgrade systemd, or use a newer release of the system', zh: '升级 systemd，或使用更新的系统版本' },
  command: 'sudo apt-get install -y --only-upgrade systemd',
  judge({ facts }) {
    const version = facts.packages.systemd;
    if (version == null) return notLooked;
    const seen = verbatim(`systemd ${version}`);
    return compareVersions(version, oldest) >= 0 ? ok(seen) : error(seen);
  },
};
