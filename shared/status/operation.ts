import type { Operation, OperationPart } from '../protocol/operation.ts';

/** The current part; undefined: the operation has ended. */
export function currentPart({ parts, endedAt }: Operation): OperationPart | undefined {
  if (endedAt !== null) return undefined;
  return parts.find(({ state }) => state === 'working' || state === 'failed');
}
