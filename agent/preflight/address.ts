import { type Check, error, ok, unknown } from './check.ts';

export const address: Check = {
  id: 'planned-address',
  title: 'The planned address is this host’s',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { name, address: planned } = assignment.host;
    const needed = `${planned} on one of its interfaces`;
    const remedy = `Give this machine ${planned}, or correct the address of ${name} in the plan`;
    const own = facts.addresses.filter(({ family }) => family === 'ipv4');
    if (own.length === 0) return unknown({ seen: 'no interface could be read', needed, remedy });
    const holder = own.find((entry) => entry.address === planned);
    if (holder !== undefined) return ok({ seen: `${planned} on ${holder.interface}`, needed });
    const others = own.filter(({ address }) => !address.startsWith('127.'));
    const seen = others.map((entry) => `${entry.address} on ${entry.interface}`).join(', ') || 'only loopback';
    return error({ seen, needed, remedy });
  },
};
