import { bindPort, defaultApiServerPort } from '../../kubeadm/ports.ts';
import { externalEtcd } from '../../plan/etcd.ts';
import { becomesNode, type Check, error, ok } from '../check.ts';

const kubelet = 10250;
const etcd = [2379, 2380];
const components = [kubelet, 10257, 10259];
const controlPlane = [...etcd, ...components];

export const ports: Check = {
  id: 'ports',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Kubernetes ports are free', zh: 'Kubernetes 所需端口空闲' },
  reason: {
    en: 'If another program listens on one of them, the kubelet, the API server or etcd cannot start.',
    zh: '若其他程序占用其中的端口，kubelet、API 服务器或 etcd 将无法启动。',
  },
  needed: {
    en: `the API server’s port (${defaultApiServerPort} by default), ${controlPlane.join(', ')} on a control plane (${etcd.join(' and ')} not with etcd.external), ${kubelet} on a worker: free, or used by this cluster’s node`,
    zh: `控制平面的 API 服务器端口（默认 ${defaultApiServerPort}）、${controlPlane.join('、')}（设置 etcd.external 时不含 ${etcd.join('、')}），工作节点的 ${kubelet}：空闲，或由本集群的节点使用`,
  },
  remedy: {
    en: 'Stop the program that listens (sudo ss -ltnp), or move it to another port',
    zh: '停止监听的程序（sudo ss -ltnp），或让其改用其他端口',
  },
  command: '',
  judge({ facts, role, assignment, owns }) {
    if (role === null) return null;
    const isExternal = assignment !== null && externalEtcd(assignment.settings) !== null;
    const apiServerPort = assignment === null ? defaultApiServerPort : bindPort(assignment.settings);
    const wanted = role === 'control-plane' ? [apiServerPort, ...(isExternal ? [] : etcd), ...components] : [kubelet];
    const taken = facts.ports.filter(({ port }) => wanted.includes(port));
    if (taken.length === 0) return ok({ en: `free: ${wanted.join(', ')}`, zh: `空闲：${wanted.join('、')}` });
    const list = (nobody: string) => taken.map(({ port, process }) => `${port} (${process ?? nobody})`).join(', ');
    const seen = { en: `in use: ${list('unknown program')}`, zh: `已占用：${list('未知程序')}` };
    return owns ? ok(seen) : error(seen);
  },
};
