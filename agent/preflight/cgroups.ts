import { type Check, error, ok, unknown } from './check.ts';

/** As kubeadm asks for them; cpuacct belongs to cpu in version 2, and devices and freezer are no controllers there. */
const neededIn = {
  v1: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'],
  v2: ['cpu', 'cpuset', 'memory', 'pids'],
};
/** The kubelet's first minor release that refuses cgroup version 1. */
const firstWithoutV1 = 35;

export const cgroups: Check = {
  id: 'cgroups',
  title: 'Cgroups that the kubelet needs',
  judge({ facts, assignment }) {
    const { version, controllers } = facts.cgroup;
    const wanted = version === '2' ? neededIn.v2 : neededIn.v1;
    const needed = `controllers ${wanted.join(', ')}`;
    const boot = 'Enable them on the kernel’s command line (/etc/default/grub), then sudo update-grub && sudo reboot';
    if (version === 'unknown') return unknown({ seen: 'the cgroups could not be read', needed, remedy: boot });
    const missing = wanted.filter((name) => !controllers.includes(name));
    if (missing.length > 0)
      return error({ seen: `version ${version}, without ${missing.join(', ')}`, needed, remedy: boot });
    const kubernetes = assignment?.settings.kubernetes.version ?? '';
    if (version !== '2' && minorOf(kubernetes) >= firstWithoutV1)
      return error({
        seen: `cgroup version ${version}`,
        needed: `version 2: the kubelet of Kubernetes ${kubernetes} does not start on version 1`,
        remedy: 'Boot with systemd.unified_cgroup_hierarchy=1, or plan Kubernetes 1.34 or older',
      });
    return ok({ seen: `version ${version}, with all of them`, needed });
  },
};

const minorOf = (version: string) => Number(version.split('.')[1] ?? 0);
