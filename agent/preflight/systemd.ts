import { type Check, error, ok, unknown } from './check.ts';

export const systemd: Check = {
  id: 'systemd',
  title: 'systemd runs this machine',
  judge({ facts }) {
    const needed = 'systemd as PID 1: the kubelet and the runtime are its services';
    if (facts.init === 'systemd') return ok({ seen: 'systemd', needed });
    const remedy = 'Use a machine that boots with systemd (not a plain container)';
    if (facts.init === '') return unknown({ seen: 'PID 1 could not be read', needed, remedy });
    return error({ seen: `PID 1 is ${facts.init}`, needed, remedy });
  },
};
