import { changeUnit, reloadUnits } from '../../machine/unit.ts';
import type { Remedy } from './remedy.ts';

export const startKubelet: Remedy = async ({ host }) => {
  await reloadUnits(host);
  await changeUnit(host, 'restart', 'kubelet');
};
