import type { Description } from '../api/http/endpoint.ts';
import { apiEndpoints } from '../api/index.ts';
import { sessionEndpoints } from '../web/index.ts';

/** All that the coordinator answers to, but the status page and its files. */
export const endpoints: readonly Description[] = [...apiEndpoints, ...sessionEndpoints];
