import { output } from '../../machine/program.ts';
import type { Remedy } from './remedy.ts';

/** Starting can include loading what a killed daemon left. */
const timeoutMs = 180_000;

export const restartRuntime: Remedy = async ({ host, runtime }) => {
  await output(host, 'systemctl', ['daemon-reload']);
  await output(host, 'systemctl', ['restart', runtime], { timeoutMs });
};
