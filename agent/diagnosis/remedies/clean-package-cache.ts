import { output } from '../../machine/program.ts';
import type { Remedy } from './remedy.ts';

export const cleanPackageCache: Remedy = async ({ host }) => {
  await output(host, 'apt-get', ['clean']);
};
