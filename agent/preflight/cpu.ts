import { type Check, error, ok, unknown } from './check.ts';

/** kubeadm's own limit for a control plane. */
const controlPlaneCpus = 2;

export const cpu: Check = {
  id: 'cpu',
  title: 'Enough CPUs',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const least = assignment.host.role === 'control-plane' ? controlPlaneCpus : 1;
    const needed = `at least ${least} for a ${assignment.host.role === 'control-plane' ? 'control plane' : 'worker'}`;
    const remedy = `Shut the machine down and give it ${least} CPUs or more`;
    if (facts.cpuCount === null) return unknown({ seen: 'the number of CPUs could not be read', needed, remedy });
    const seen = `${facts.cpuCount}`;
    return facts.cpuCount >= least ? ok({ seen, needed }) : error({ seen, needed, remedy });
  },
};
