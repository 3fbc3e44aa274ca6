import { hostName as label } from '../../shared/protocol/text.ts';
import { type Check, ok, warning } from './check.ts';

export const hostName: Check = {
  id: 'host-name',
  title: 'Host name',
  judge({ facts, assignment }) {
    const { hostname } = facts;
    const planned = assignment?.host.name;
    const needed = planned ?? 'a name of lower-case letters, digits and hyphens (RFC 1123)';
    const seen = hostname || 'none';
    if (planned === undefined ? label.safeParse(hostname).success : hostname === planned) return ok({ seen, needed });
    return warning({ seen, needed, mends: 'muster gives the host the name that the plan has for it' });
  },
};
