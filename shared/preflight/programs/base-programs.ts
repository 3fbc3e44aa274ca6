import { packageFormats } from '../../packages/index.ts';
import { packageManagerOf } from '../../systems.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

const needed = ['ip', 'mount', 'nsenter'] as const;

export const basePrograms: Check = {
  id: 'base-programs',
  group: 'programs',
  level: 'error',
  title: { en: 'Base programs are installed', zh: '基础程序已安装' },
  reason: {
    en: 'kubeadm refuses a host without them; minimal images may lack some.',
    zh: '缺少这些程序时 kubeadm 会拒绝该主机；精简镜像可能缺少其中一些。',
  },
  needed: verbatim(needed.join(', ')),
  remedy: { en: 'Install the missing programs', zh: '安装缺少的程序' },
  command: ({ install }) => `sudo ${install(['{packages}'])}`,
  judge({ facts: { os, software } }) {
    if (software.programs === null) return notLooked;
    const missing = needed.filter((name) => software.programs?.[name] !== true);
    if (missing.length === 0)
      return ok({
        en: `installed: ${needed.join(', ')}`,
        zh: `已安装：${needed.join('、')}`,
      });
    const { packageOf } = packageFormats[packageManagerOf(os)];
    const packages = [...new Set(missing.map((name) => packageOf[name]))];
    return error({ en: `missing: ${missing.join(', ')}`, zh: `缺少：${missing.join('、')}` }, { values: { packages } });
  },
};
