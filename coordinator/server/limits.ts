import { keepAliveSeconds } from '../../shared/protocol/polling.ts';

/** How long the server bears with a client, and how often one may ask. */
export const limits = {
  /** A host gets this long for its headers and for a whole request, in ms. */
  headersMs: 15_000,
  requestMs: 60_000,
  keepAliveMs: keepAliveSeconds * 1000,
  /** After the signal, what is still answered then is cut off. */
  closeMs: 2000,
  /** Per minute and address. */
  enrolments: 60,
  signIns: 10,
  metricsReadings: 120,
} as const;
