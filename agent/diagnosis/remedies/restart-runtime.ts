import { changeUnit, reloadUnits } from '../../machine/unit.ts';
import type { Remedy } from './remedy.ts';

export const restartRuntime: Remedy = async ({ host, runtime }) => {
  await reloadUnits(host);
  await changeUnit(host, 'restart', runtime);
};
