import { keepalived } from '../../shared/steps/content/keepalived.ts';
import { executeChanges } from './declared.ts';
import type { Step } from './step.ts';
import { checkWithUnit } from './with-unit.ts';

export const loadBalancer: Step = {
  id: 'load-balancer',
  check: (context) => checkWithUnit('load-balancer', keepalived.unit, context),
  apply: (context) => executeChanges('load-balancer', context),
};
