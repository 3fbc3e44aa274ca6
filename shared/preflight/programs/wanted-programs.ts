import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** Program -> Debian package. */
const wanted: Record<string, string> = { ebtables: 'ebtables', ethtool: 'ethtool', socat: 'socat', tc: 'iproute2' };

export const wantedPrograms: Check = {
  id: 'wanted-programs',
  group: 'programs',
  level: 'warning',
  title: { en: 'Programs that some features use are there', zh: '部分功能所需程序齐全' },
  reason: {
    en: 'Without socat kubectl port-forward fails on dockershim; plugins use the others for bandwidth and bridges.',
    zh: '缺少 socat 时 dockershim 上的 kubectl port-forward 会失败；其余用于插件的带宽与网桥功能。',
  },
  needed: verbatim(Object.keys(wanted).join(', ')),
  remedy: {
    en: 'Install what is missing, where you use it; the kubelet’s package brings most of them along',
    zh: '按需安装缺少的程序；kubelet 软件包会附带大部分',
  },
  command: `sudo apt-get install ${[...new Set(Object.values(wanted))].join(' ')}`,
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    const missing = Object.keys(wanted).filter((name) => software.programs?.[name] !== true);
    if (missing.length === 0) return ok({ en: 'all of them', zh: '齐全' });
    const command = `sudo apt-get install ${missing.map((name) => wanted[name]).join(' ')}`;
    return warning({ en: `without ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` }, { command });
  },
};
