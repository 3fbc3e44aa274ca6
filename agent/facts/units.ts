import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { type Unit, unitsNamed } from '../machine/unit.ts';

export const timeDaemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'] as const;

const names = [
  'docker',
  'containerd',
  'cri-docker',
  'kubelet',
  'firewalld',
  'nftables',
  'NetworkManager',
  'crio',
  ...timeDaemons,
];

/** State of the units that muster uses, by name without `.service`; null: systemd does not answer. */
export async function unitFacts(host: Host): Promise<Facts['machine']['units']> {
  const units = await unitsNamed(
    host,
    names.map((name) => `${name}.service`),
  );
  if (units === null) return null;
  const known = [...units].filter(([id]) => id !== '');
  return Object.fromEntries(
    known.map(([id, unit]) => [
      id.replace(/\.service$/, ''),
      { active: unit.activeState === 'active', state: stateOf(unit) },
    ]),
  );
}

function stateOf({ loadState, fileState }: Unit): string {
  if (loadState === 'not-found') return '';
  return loadState === 'masked' ? 'masked' : fileState || 'loaded';
}
