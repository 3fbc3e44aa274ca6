import { type Check, error, ok } from './check.ts';

const kubelet = 10250;
const controlPlane = [6443, 2379, 2380, kubelet, 10257, 10259];

export const ports: Check = {
  id: 'ports',
  title: 'Kubernetes’ ports are free',
  judge({ facts, assignment, owns }) {
    if (assignment === null) return null;
    const wanted = assignment.host.role === 'control-plane' ? controlPlane : [kubelet];
    const needed = `${wanted.join(', ')} free, or used by this cluster’s own node`;
    const taken = facts.ports.filter(({ port }) => wanted.includes(port));
    if (taken.length === 0) return ok({ seen: 'all free', needed });
    const seen = taken.map(({ port, process }) => `${port} is used by ${process ?? 'an unknown program'}`).join(', ');
    if (owns) return ok({ seen, needed });
    const first = taken[0]?.port;
    return error({
      seen,
      needed,
      remedy: `See who listens: sudo ss -ltnp 'sport = :${first}'; then stop it, or move it to another port`,
    });
  },
};
