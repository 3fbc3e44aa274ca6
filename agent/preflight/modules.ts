import { type Check, error, ok, unknown, warning } from './check.ts';

export const modules: Check = {
  id: 'kernel-modules',
  title: 'Kernel has overlay and br_netfilter',
  judge({ facts }) {
    const needed = 'overlay and br_netfilter, loaded or built in';
    const names = Object.keys(facts.modules);
    const where = (state: string) => names.filter((name) => facts.modules[name] === state);
    const seen = names.map((name) => `${name}: ${facts.modules[name]}`).join(', ');
    const remedy =
      'Install the kernel’s modules: sudo apt-get install linux-modules-$(uname -r), or boot the distribution’s kernel';
    if (where('missing').length > 0) return error({ seen, needed, remedy });
    if (names.length === 0 || where('unknown').length > 0)
      return unknown({ seen: seen || 'nothing could be read', needed, mends: 'muster tries to load them' });
    if (where('available').length > 0)
      return warning({ seen, needed, mends: 'muster loads them, now and at each boot' });
    return ok({ seen, needed });
  },
};
