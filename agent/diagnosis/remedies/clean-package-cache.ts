import { packagesOf } from '../../machine/packages/index.ts';
import type { Remedy } from './remedy.ts';

export const cleanPackageCache: Remedy = async ({ host }) => (await packagesOf(host)).clean();
