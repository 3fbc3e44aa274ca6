import type { Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { checkArgumentValues } from './argument-values.ts';
import { checkClusterDns } from './cluster-dns.ts';
import { checkComponentGates } from './component-gates.ts';
import { checkControlPlane } from './control-plane.ts';
import { checkDecided } from './decided.ts';
import { checkFields } from './fields.ts';
import { checkGates } from './gates.ts';
import { checkKubelet } from './kubelet.ts';
import { checkLimits } from './limits.ts';
import { checkProxyMode } from './proxy-mode.ts';
import { checkRegistration } from './registration.ts';
import { checkRemoved } from './removed.ts';
import { checkResources } from './resources.ts';
import { checkVolumes } from './volumes.ts';

/** The checks of `kubernetes.components`. */
export const componentChecks: readonly ((plan: PartialPlan, report: Report) => void)[] = [
  checkDecided,
  checkFields,
  checkRemoved,
  checkArgumentValues,
  checkGates,
  checkComponentGates,
  checkKubelet,
  checkLimits,
  checkResources,
  checkVolumes,
  checkControlPlane,
  checkRegistration,
  checkClusterDns,
  checkProxyMode,
];
