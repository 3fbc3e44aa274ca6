import { z } from 'zod';

/** The base URL of a coordinator: https, a DNS name or an IPv4 address, and a port. */
export const coordinatorUrl = z
  .string()
  .max(270)
  .regex(/^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/);

/** The base URLs of all coordinators of a cluster. */
export const coordinatorUrls = z.array(coordinatorUrl).max(32);

/** Header of answers to agents: `cut-off`: this coordinator has lost the Kubernetes API and decides nothing. */
export const standingHeader = 'muster-standing';
