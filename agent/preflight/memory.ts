import { type Check, error, ok, unknown, warning } from './check.ts';

const mebibyte = 1024 ** 2;
/** kubeadm refuses a control plane below this. */
const controlPlaneLeast = 1700;
/** kubeadm asks a worker for nothing; the kubelet, the runtime and a network plugin alone take about half of this. */
const workerAdvised = 1024;
/** Below this the kubelet evicts what it has just started. */
const workerLeast = 512;

export const memory: Check = {
  id: 'memory',
  title: 'Enough memory',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const controlPlane = assignment.host.role === 'control-plane';
    const advised = controlPlane ? controlPlaneLeast : workerAdvised;
    const least = controlPlane ? controlPlaneLeast : workerLeast;
    const needed = `at least ${advised} MiB for a ${controlPlane ? 'control plane' : 'worker'}`;
    const remedy = `Shut the machine down and give it ${advised} MiB or more`;
    if (facts.memoryBytes === null) return unknown({ seen: 'the amount of memory could not be read', needed, remedy });
    const have = facts.memoryBytes / mebibyte;
    const seen = `${Math.floor(have)} MiB`;
    if (have >= advised) return ok({ seen, needed });
    return have >= least ? warning({ seen, needed, remedy }) : error({ seen, needed, remedy });
  },
};
