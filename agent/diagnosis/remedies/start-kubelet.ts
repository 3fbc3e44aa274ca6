import { output } from '../../machine/program.ts';
import type { Remedy } from './remedy.ts';

export const startKubelet: Remedy = async ({ host }) => {
  await output(host, 'systemctl', ['daemon-reload']);
  await output(host, 'systemctl', ['restart', 'kubelet']);
};
