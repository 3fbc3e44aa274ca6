import { type Check, error, ok } from '../check.ts';

const kubelet = 10250;
const controlPlane = [6443, 2379, 2380, kubelet, 10257, 10259];

export const ports: Check = {
  id: 'ports',
  group: 'network',
  level: 'error',
  title: { en: 'Kubernetes’ ports are free', zh: 'Kubernetes 所需端口空闲' },
  reason: {
    en: 'A program that holds one of them keeps the kubelet, the API server or etcd from starting.',
    zh: '端口被占用时，kubelet、API server 或 etcd 将无法启动。',
  },
  needed: {
    en: `${controlPlane.join(', ')} free on a control plane, ${kubelet} on a worker, or used by this cluster’s own node`,
    zh: `控制平面需要 ${controlPlane.join('、')}，工作节点需要 ${kubelet}，空闲或由本集群自身的节点使用`,
  },
  remedy: {
    en: 'See who listens, then stop it or move it to another port',
    zh: '查看占用者，停止它或让其改用其他端口',
  },
  command: 'sudo ss -ltnp',
  judge({ facts, role, owns }) {
    if (role === null) return null;
    const wanted = role === 'control-plane' ? controlPlane : [kubelet];
    const taken = facts.ports.filter(({ port }) => wanted.includes(port));
    if (taken.length === 0) return ok({ en: 'all free', zh: '全部空闲' });
    const list = (nobody: string) => taken.map(({ port, process }) => `${port}: ${process ?? nobody}`).join(', ');
    const seen = { en: list('an unknown program'), zh: list('未知程序') };
    return owns ? ok(seen) : error(seen, { command: `sudo ss -ltnp 'sport = :${taken[0]?.port}'` });
  },
};
