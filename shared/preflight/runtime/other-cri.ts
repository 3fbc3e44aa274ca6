import { usesCriDockerd } from '../../kubeadm/runtime.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const others: Record<string, string> = { '/run/crio/crio.sock': 'crio', '/run/cri-dockerd.sock': 'cri-docker' };

export const otherCri: Check = {
  id: 'other-cri',
  group: 'runtime',
  level: 'warning',
  title: { en: 'No CRI-O or cri-dockerd socket exists', zh: '没有 CRI-O 或 cri-dockerd 的套接字' },
  reason: {
    en: 'Tools that detect the socket (crictl, kubeadm reset) find several and stop, or use the wrong one.',
    zh: '自动检测套接字的工具（crictl、kubeadm reset）会发现多个而停止，或选错。',
  },
  needed: { en: 'no socket of CRI-O or cri-dockerd', zh: '没有 CRI-O 或 cri-dockerd 的套接字' },
  remedy: { en: 'Disable the service if it is not needed', zh: '若不需要该服务，请将其停用' },
  command: 'sudo systemctl disable --now {units}',
  judge({ facts: { software }, assignment }) {
    if (software.sockets === null) return notLooked;
    const own = assignment !== null && usesCriDockerd(assignment.settings) ? 'cri-docker' : null;
    const found = software.sockets.filter((path) => others[path] !== undefined && others[path] !== own);
    if (found.length === 0)
      return ok({ en: 'no socket of CRI-O or cri-dockerd', zh: '没有 CRI-O 或 cri-dockerd 的套接字' });
    return warning(verbatim(found.join(', ')), {
      values: { units: found.flatMap((path) => others[path] ?? []) },
    });
  },
};
