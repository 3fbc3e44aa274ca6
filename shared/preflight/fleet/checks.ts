import type { Check } from '../check.ts';
import { examine, type Found } from '../examine.ts';
import { clocks } from './clocks.ts';
import type { FleetKnown } from './known.ts';
import { peerPorts } from './peer-ports.ts';
import { sameMtu } from './same-mtu.ts';
import { uniqueAddress } from './unique-address.ts';
import { uniqueMac } from './unique-mac.ts';
import { uniqueMachineId } from './unique-machine-id.ts';
import { uniqueProductUuid } from './unique-product-uuid.ts';

/** Checks that compare hosts. */
export const fleetChecks: readonly Check<FleetKnown>[] = [
  uniqueMachineId,
  uniqueProductUuid,
  uniqueMac,
  uniqueAddress,
  clocks,
  sameMtu,
  peerPorts,
];

/** Findings of one host compared with the others. */
export function fleetPreflight(known: FleetKnown): Found[] {
  return fleetChecks.flatMap((check) => examine(check, known) ?? []);
}
