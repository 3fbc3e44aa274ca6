import { type Check, error, ok } from './check.ts';

export const root: Check = {
  id: 'root',
  title: 'Runs as root',
  judge({ facts }) {
    const needed = 'root, to install packages and run kubeadm';
    if (facts.root) return ok({ seen: 'root', needed });
    return error({ seen: 'an ordinary user', needed, remedy: 'Run it with sudo' });
  },
};
