/**
 * Times of the Lease, in ms. The active coordinator stops acting well before another may take over, however their clocks
 * differ; a takeover is complete within ten seconds of the last renewal.
 */
export const timing = {
  /** Pause between two looks at the Lease. */
  tick: 1000,
  /** Limit of one request to the API server. */
  request: 1500,
  /** How long after a renewal was sent the active coordinator acts. */
  hold: 4500,
  /** How long the Lease must stay unchanged before another takes it. */
  duration: 6500,
  /** Random share, so that two standbys rarely try at once. */
  jitter: 700,
  /** How long after its takeover failed a coordinator leaves the Lease to the others. */
  afterFailure: 60_000,
};

export type Timing = typeof timing;
