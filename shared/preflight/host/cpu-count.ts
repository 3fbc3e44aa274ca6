import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

/** kubeadm's own limit for a control plane. */
const controlPlaneCpus = 2;

export const cpuCount: Check = {
  id: 'cpu-count',
  group: 'host',
  level: 'error',
  title: { en: 'Enough CPUs', zh: 'CPU 数量足够' },
  reason: {
    en: 'kubeadm refuses a control plane with a single CPU: the API server, etcd and the controllers would starve each other.',
    zh: 'kubeadm 拒绝只有一个 CPU 的控制平面：API server、etcd 与各控制器会互相争抢。',
  },
  needed: { en: '2 on a control plane, 1 on a worker', zh: '控制平面至少 2 个，工作节点至少 1 个' },
  remedy: { en: 'Shut the machine down and give it more CPUs', zh: '关机后为其增加 CPU' },
  command: '',
  judge({ facts, role }) {
    if (role === null) return null;
    if (facts.cpuCount === null) return unknown({ en: 'the number could not be read', zh: '无法读取 CPU 数量' });
    const least = role === 'control-plane' ? controlPlaneCpus : 1;
    const seen = verbatim(`${facts.cpuCount}`);
    return facts.cpuCount >= least ? ok(seen) : error(seen);
  },
};
