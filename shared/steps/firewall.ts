import { openings } from './content/firewall.ts';
import { defineStep } from './definition.ts';

export const firewall = defineStep({
  id: 'firewall',
  title: { en: 'Open the firewall for the cluster', zh: '为集群开放防火墙' },
  activity: { en: 'opening the firewall', zh: '开放防火墙' },
  bootstrap: 'all',
  part: 'prepare',
  changes({ host, settings }) {
    const { firewall: wanted } = settings.preparation;
    if (wanted === 'keep') return [];
    if (wanted === 'off') return [{ kind: 'firewall', state: 'off' }];
    const { podSubnet } = settings.network;
    return [{ kind: 'firewall', state: 'open', openings: openings(settings, host.role), podSubnet }];
  },
});
