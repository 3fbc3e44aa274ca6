import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

/** Program -> Debian package. */
const needed: Record<string, string> = { ip: 'iproute2', mount: 'mount', nsenter: 'util-linux' };

export const basePrograms: Check = {
  id: 'base-programs',
  group: 'programs',
  level: 'error',
  title: { en: 'The system’s base programs are there', zh: '系统基础程序齐全' },
  reason: {
    en: 'kubeadm refuses a host without them; a minimal image may lack one.',
    zh: '缺少时 kubeadm 拒绝继续；精简镜像可能缺少其中之一。',
  },
  needed: verbatim(Object.keys(needed).join(', ')),
  remedy: { en: 'Install what is missing', zh: '安装缺少的程序' },
  command: `sudo apt-get install ${Object.values(needed).join(' ')}`,
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    const missing = Object.keys(needed).filter((name) => software.programs?.[name] !== true);
    if (missing.length === 0) return ok({ en: 'all of them', zh: '齐全' });
    const command = `sudo apt-get install ${missing.map((name) => needed[name]).join(' ')}`;
    return error({ en: `without ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` }, { command });
  },
};
