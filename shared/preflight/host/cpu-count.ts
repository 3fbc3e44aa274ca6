import { becomesNode, type Check, error, ok, unknown } from '../check.ts';

/** kubeadm's limit for a control plane. */
const controlPlaneCpus = 2;

export const cpuCount: Check = {
  id: 'cpu-count',
  group: 'host',
  level: 'error',
  guards: becomesNode,
  title: { en: 'CPU count is sufficient', zh: 'CPU 数量充足' },
  reason: {
    en: 'kubeadm refuses a control plane with one CPU: the API server, etcd and the controllers would starve each other.',
    zh: 'kubeadm 拒绝只有一个 CPU 的控制平面：API 服务器、etcd 与各控制器会互相争抢 CPU。',
  },
  needed: { en: '2 CPUs on a control plane, 1 on a worker', zh: '控制平面 2 个 CPU，工作节点 1 个' },
  remedy: { en: 'Shut the machine down and add CPUs', zh: '关机并增加 CPU' },
  command: '',
  judge({ facts, role }) {
    if (role === null) return null;
    if (facts.cpuCount === null) return unknown({ en: 'CPU count could not be read', zh: '无法读取 CPU 数量' });
    const least = role === 'control-plane' ? controlPlaneCpus : 1;
    const seen = { en: `${facts.cpuCount} ${facts.cpuCount === 1 ? 'CPU' : 'CPUs'}`, zh: `${facts.cpuCount} 个 CPU` };
    return facts.cpuCount >= least ? ok(seen) : error(seen);
  },
};
