import { type Check, error, ok, unknown } from './check.ts';

const supported: Record<string, readonly string[]> = {
  debian: ['11', '12', '13'],
  ubuntu: ['18.04', '20.04', '22.04', '24.04'],
};

export const os: Check = {
  id: 'os',
  title: 'Supported operating system',
  judge({ facts }) {
    const needed = 'Debian 11 to 13, or Ubuntu 18.04, 20.04, 22.04 or 24.04';
    const { id, versionId, prettyName } = facts.os;
    const remedy = 'Install one of these on the machine, then paste the one-liner again';
    if (id === '') return unknown({ seen: '/etc/os-release could not be read', needed, remedy });
    if (supported[id]?.includes(versionId) === true) return ok({ seen: prettyName, needed });
    return error({ seen: prettyName, needed, remedy });
  },
};
