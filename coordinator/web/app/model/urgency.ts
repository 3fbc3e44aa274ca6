import type { Phase } from '../../../../shared/protocol/status.ts';
import { phaseTone } from '../../words.ts';

const order: readonly Phase[] = [
  'cloned',
  'blocked',
  'failed',
  'silent',
  'not-ready',
  'leaving',
  'unplanned',
  'paused',
  'joining',
  'preparing',
  'enrolled',
  'waiting',
];

/** Where a person is needed first, then where something goes on, then what waits, then what is well. */
export function urgency(phase: Phase): number {
  const place = order.indexOf(phase);
  if (place !== -1) return place;
  return phaseTone(phase) === 'good' ? order.length + 1 : order.length;
}
