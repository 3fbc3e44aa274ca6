import { outsideAddress } from './load-balancer.ts';
import { controlPlanesOf } from './lookup.ts';
import type { Plan } from './schema.ts';

/** Addresses of the planned coordinators: the plan's own, then each control plane if there are several. */
export function coordinatorAddresses(plan: Pick<Plan, 'hosts' | 'coordinator'>): string[] {
  const masters = controlPlanesOf(plan).map(({ address }) => address);
  return [...new Set([plan.coordinator.address, ...(masters.length > 1 ? masters : [])])];
}

/**
 * Where people reach a coordinator: those addresses, and the one of the load balancer. A page that was opened there moves
 * to another control plane with it.
 */
export function servedAddresses(plan: Pick<Plan, 'hosts' | 'coordinator' | 'settings'>): string[] {
  const outside = outsideAddress(plan.settings.loadBalancer);
  return [...coordinatorAddresses(plan), ...(outside === null ? [] : [outside])];
}

/** The URLs of the planned coordinators for agents. */
export const plannedCoordinators = (plan: Pick<Plan, 'hosts' | 'coordinator'>): string[] =>
  coordinatorAddresses(plan).map((address) => `https://${address}:${plan.coordinator.port}`);
