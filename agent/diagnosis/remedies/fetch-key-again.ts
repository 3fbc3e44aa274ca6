import { packageFormat } from '../../../shared/packages/index.ts';
import type { Remedy } from './remedy.ts';

/** Without the key the check of the step package-source does not hold, and it fetches the one that the plan means. */
export const fetchKeyAgain: Remedy = ({ host }) => host.removeFile(packageFormat.keyFile);
