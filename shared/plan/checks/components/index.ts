import type { Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { checkClusterDns } from './cluster-dns.ts';
import { checkControlPlane } from './control-plane.ts';
import { checkDecided } from './decided.ts';
import { checkFields } from './fields.ts';
import { checkGates } from './gates.ts';
import { checkProxyMode } from './proxy-mode.ts';
import { checkRegistration } from './registration.ts';
import { checkRemoved } from './removed.ts';

/** The checks of `kubernetes.components`. */
export const componentChecks: readonly ((plan: PartialPlan, report: Report) => void)[] = [
  checkDecided,
  checkFields,
  checkRemoved,
  checkGates,
  checkControlPlane,
  checkRegistration,
  checkClusterDns,
  checkProxyMode,
];
