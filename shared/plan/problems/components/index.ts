import { argumentRules } from './arguments.ts';
import { controlPlaneRules } from './control-plane.ts';
import { fieldRules } from './fields.ts';
import { gateRules } from './gates.ts';
import { kubeletRules } from './kubelet.ts';
import { proxyRules } from './proxy.ts';
import { registrationRules } from './registration.ts';

/** Rules of `kubernetes.components`. `seen`: the value read. */
export const componentRules = {
  ...fieldRules,
  ...kubeletRules,
  ...proxyRules,
  ...argumentRules,
  ...gateRules,
  ...controlPlaneRules,
  ...registrationRules,
};
