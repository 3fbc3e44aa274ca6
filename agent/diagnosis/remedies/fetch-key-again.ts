import { packagesOf } from '../../machine/packages/index.ts';
import type { Remedy } from './remedy.ts';

/** Without the key files, the check of the step package-source fails and the step downloads the planned keys again. */
export const fetchKeyAgain: Remedy = async ({ host }) => {
  const { format } = await packagesOf(host);
  for (const { keyFile } of Object.values(format.files)) await host.removeFile(keyFile);
};
