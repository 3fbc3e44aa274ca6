import { type Check, error, ok } from './check.ts';

export const arch: Check = {
  id: 'arch',
  title: 'Supported processor',
  judge({ facts }) {
    const needed = 'x64 or arm64';
    if (facts.arch === 'x64' || facts.arch === 'arm64') return ok({ seen: facts.arch, needed });
    return error({ seen: facts.arch, needed, remedy: 'Use an x64 or arm64 machine' });
  },
};
