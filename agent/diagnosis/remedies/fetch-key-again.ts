import { packageFormat } from '../../../shared/packages/index.ts';
import type { Remedy } from './remedy.ts';

/** Without the key file, the check of the step package-source fails and the step downloads the planned key again. */
export const fetchKeyAgain: Remedy = ({ host }) => host.removeFile(packageFormat.keyFile);
