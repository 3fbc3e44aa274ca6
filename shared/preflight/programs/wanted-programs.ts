import { packageFormats } from '../../packages/index.ts';
import { packageManagerOf } from '../../systems.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const wanted = ['ebtables', 'ethtool', 'socat', 'tc'] as const;

export const wantedPrograms: Check = {
  id: 'wanted-programs',
  group: 'programs',
  level: 'warning',
  title: { en: 'Optional programs are installed', zh: '可选程序已安装' },
  reason: {
    en: 'Without socat, kubectl port-forward fails on dockershim; network plugins use the others for bandwidth limits and bridges.',
    zh: '缺少 socat 时，dockershim 上的 kubectl port-forward 会失败；网络插件用其余程序实现带宽限制与网桥。',
  },
  needed: verbatim(wanted.join(', ')),
  remedy: { en: 'Install the missing programs if you use these features', zh: '若使用这些功能，请安装缺少的程序' },
  command: ({ install }) => `sudo ${install(['{packages}'])}`,
  judge({ facts: { os, software } }) {
    if (software.programs === null) return notLooked;
    const missing = wanted.filter((name) => software.programs?.[name] !== true);
    if (missing.length === 0)
      return ok({
        en: `installed: ${wanted.join(', ')}`,
        zh: `已安装：${wanted.join('、')}`,
      });
    const { packageOf } = packageFormats[packageManagerOf(os)];
    const packages = [...new Set(missing.map((name) => packageOf[name]))];
    return warning(
      { en: `missing: ${missing.join(', ')}`, zh: `缺少：${missing.join('、')}` },
      { values: { packages } },
    );
  },
};
