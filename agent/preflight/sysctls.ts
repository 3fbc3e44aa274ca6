import { type Check, ok, warning } from './check.ts';

export const sysctls: Check = {
  id: 'sysctls',
  title: 'Kernel forwards and filters pod traffic',
  judge({ facts }) {
    const keys = Object.keys(facts.sysctls);
    const needed = `1 for each of ${keys.join(', ')}`;
    const wrong = keys.filter((key) => facts.sysctls[key] !== '1');
    if (wrong.length === 0) return ok({ seen: 'all are 1', needed });
    const seen = wrong.map((key) => `${key} = ${facts.sysctls[key] ?? 'not there'}`).join(', ');
    return warning({ seen, needed, mends: 'muster sets them, now and at each boot' });
  },
};
