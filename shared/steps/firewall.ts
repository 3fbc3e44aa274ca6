import { defineStep } from './definition.ts';

export const firewall = defineStep({
  id: 'firewall',
  title: { en: 'Open the firewall for the cluster', zh: '为集群开放防火墙' },
  activity: { en: 'opening the firewall', zh: '开放防火墙' },
  bootstrap: 'all',
  part: 'prepare',
});
