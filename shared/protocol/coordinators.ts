import { z } from 'zod';

/** The base URL of a coordinator: https, a DNS name or an IPv4 address, and a port. */
export const coordinatorUrl = z
  .string()
  .max(270)
  .regex(/^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/);

/** The base URLs of all coordinators of a cluster. */
export const coordinatorUrls = z.array(coordinatorUrl).max(32);

/**
 * Header of answers to operators: the control plane whose coordinator answers, of several. Events, the audit log and the
 * output of hosts are those of that coordinator.
 */
export const answeredByHeader = 'muster-answered-by';
/** Header of an operator's request: the coordinator that receives it answers, whoever is active. */
export const localHeader = 'muster-local';

/** Header of answers to agents: `cut-off`: this coordinator has lost the Kubernetes API and decides nothing. */
export const standingHeader = 'muster-standing';
