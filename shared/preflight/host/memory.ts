import { verbatim } from '../../text/local-text.ts';
import { mebibyte } from '../amounts.ts';
import { becomesNode, type Check, error, ok, unknown, warning } from '../check.ts';

/** kubeadm's minimum for a control plane, in MiB. */
const controlPlaneLeast = 1700;
/** In MiB. kubeadm has no limit for workers; kubelet, runtime and network plugin use about half of this. */
const workerAdvised = 1024;
/** In MiB. Below it, the kubelet evicts pods right after their start. */
const workerLeast = 512;

export const memory: Check = {
  id: 'memory',
  group: 'host',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Error below 1700 MiB on a control plane and below 512 MiB on a worker; warning below 1024 MiB on a worker.',
    zh: '控制平面低于 1700 MiB、工作节点低于 512 MiB 为错误；工作节点低于 1024 MiB 为警告。',
  },
  title: { en: 'Memory is sufficient', zh: '内存充足' },
  reason: {
    en: 'With less memory, the kernel kills or the kubelet evicts Kubernetes’ own components before any workload runs.',
    zh: '内存不足时，工作负载尚未运行，Kubernetes 自身的组件就会被内核终止或被 kubelet 驱逐。',
  },
  needed: { en: '1700 MiB on a control plane, 1024 MiB on a worker', zh: '控制平面 1700 MiB，工作节点 1024 MiB' },
  remedy: { en: 'Shut the machine down and add memory', zh: '关机并增加内存' },
  command: '',
  judge({ facts, role }) {
    if (role === null) return null;
    if (facts.memoryBytes === null) return unknown({ en: 'memory size could not be read', zh: '无法读取内存大小' });
    const have = facts.memoryBytes / mebibyte;
    const seen = verbatim(`${Math.floor(have)} MiB`);
    const advised = role === 'control-plane' ? controlPlaneLeast : workerAdvised;
    if (have >= advised) return ok(seen);
    return have >= (role === 'control-plane' ? controlPlaneLeast : workerLeast) ? warning(seen) : error(seen);
  },
};
