import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const runtimeSocket: Check = {
  id: 'runtime-socket',
  group: 'runtime',
  level: 'warning',
  title: { en: 'The running runtime has its socket', zh: '运行中的容器运行时提供套接字' },
  reason: {
    en: 'The kubelet talks to the runtime there; a service that runs without it is hung, or configured to listen elsewhere.',
    zh: 'kubelet 通过它与运行时通信；服务在运行却没有套接字，说明已卡死或监听在别处。',
  },
  needed: { en: 'containerd.sock or docker.sock below /run', zh: '/run 下的 containerd.sock 或 docker.sock' },
  remedy: { en: 'Restart the service', zh: '重启该服务' },
  command: 'sudo systemctl restart containerd',
  step: 'runtime',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { name } = assignment.settings.runtime;
    if (facts.software.sockets === null) return notLooked;
    if (facts.runtimes.find((one) => one.name === name)?.active !== true)
      return ok({ en: `${name} is not running yet`, zh: `${name} 尚未运行` });
    const path = name === 'docker' ? '/run/docker.sock' : '/run/containerd/containerd.sock';
    return facts.software.sockets.includes(path)
      ? ok(verbatim(path))
      : warning({ en: `there is no ${path}`, zh: `没有 ${path}` }, { command: `sudo systemctl restart ${name}` });
  },
};
