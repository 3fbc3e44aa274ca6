import { accessEndpoints } from './access.ts';
import { actionEndpoints } from './actions.ts';
import { agentEndpoints } from './agents.ts';
import { enrolmentEndpoints } from './enrolment.ts';
import type { Endpoint } from './http/endpoint.ts';
import { keyEndpoints } from './keys.ts';
import { observationEndpoints } from './observation.ts';
import { planEndpoints } from './plan.ts';
import { safekeepingEndpoints } from './safekeeping.ts';
import { statusEndpoints } from './status.ts';
import { streamEndpoints } from './stream.ts';
import { supportEndpoints } from './support.ts';
import { tokenEndpoints } from './tokens.ts';
import { updateEndpoints } from './updates.ts';

/** All endpoints of the coordinator's API. Agents come first because reports are most of the traffic. */
export const apiEndpoints: readonly Endpoint[] = [
  ...agentEndpoints,
  ...enrolmentEndpoints,
  ...keyEndpoints,
  ...observationEndpoints,
  ...statusEndpoints,
  ...streamEndpoints,
  ...planEndpoints,
  ...tokenEndpoints,
  ...actionEndpoints,
  ...accessEndpoints,
  ...supportEndpoints,
  ...safekeepingEndpoints,
  ...updateEndpoints,
];
