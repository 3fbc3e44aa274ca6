import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const others: Record<string, string> = { '/run/crio/crio.sock': 'crio', '/run/cri-dockerd.sock': 'cri-docker' };

export const otherCri: Check = {
  id: 'other-cri',
  group: 'runtime',
  level: 'warning',
  title: { en: 'No third runtime offers itself', zh: '没有其他 CRI 运行时' },
  reason: {
    en: 'Tools that look for a socket by themselves (crictl, kubeadm reset) find several and stop, or take the wrong one.',
    zh: '自行查找套接字的工具（crictl、kubeadm reset）会发现多个而停止，或选错。',
  },
  needed: { en: 'no socket of CRI-O or cri-dockerd', zh: '没有 CRI-O 或 cri-dockerd 的套接字' },
  remedy: { en: 'Where nothing needs it, switch it off', zh: '若无程序需要，将其停用' },
  command: 'sudo systemctl disable --now crio',
  judge({ facts: { software } }) {
    if (software.sockets === null) return notLooked;
    const found = software.sockets.filter((path) => others[path] !== undefined);
    if (found.length === 0) return ok({ en: 'none', zh: '无' });
    return warning(verbatim(found.join(', ')), {
      command: `sudo systemctl disable --now ${found.map((path) => others[path]).join(' ')}`,
    });
  },
};
