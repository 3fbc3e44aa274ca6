import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const runtimeSocket: Check = {
  id: 'runtime-socket',
  group: 'runtime',
  level: 'warning',
  title: { en: 'Container runtime’s socket exists', zh: '容器运行时的套接字存在' },
  reason: {
    en: 'The kubelet connects to it; a running service without a socket hangs or listens elsewhere.',
    zh: 'kubelet 连接该套接字；服务在运行却没有套接字，说明已卡住或监听在其他位置。',
  },
  needed: {
    en: '/run/containerd/containerd.sock or /run/docker.sock',
    zh: '/run/containerd/containerd.sock 或 /run/docker.sock',
  },
  remedy: { en: 'Restart the service', zh: '重启该服务' },
  command: 'sudo systemctl restart {runtime}',
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
      : warning({ en: `${path} does not exist`, zh: `${path} 不存在` }, { values: { runtime: name } });
  },
};
