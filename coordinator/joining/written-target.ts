import { createHash } from 'node:crypto';
import type { SentTarget, Target } from '../../shared/protocol/assignment.ts';
import { createSharedParts, type SharedPart } from './shared-parts.ts';

/** How a target carries what many hosts share: as a whole, or as SHA-256 references. */
export type Sharing = 'inline' | 'reference';

export interface WrittenTarget {
  /** The target as JSON, in pieces. */
  json: readonly (string | Buffer)[];
  /** Equal targets have equal tags. */
  etag: string;
}

/** Writes targets; what many hosts share is large, and written and hashed once. */
export function createTargetWriter() {
  const shared = createSharedParts();

  /** The parts of a target that are sent by reference. */
  const partsOf = ({ assignment, signedPlan }: Target): { settings?: SharedPart; signedPlan?: SharedPart } => ({
    ...(assignment === null ? {} : { settings: shared(assignment.settings) }),
    ...(signedPlan === undefined ? {} : { signedPlan: shared(signedPlan) }),
  });

  return {
    partsOf,
    write(target: Target, sharing: Sharing): WrittenTarget {
      const { settings, signedPlan } = partsOf(target);
      const hashes = [settings?.sha256, signedPlan?.sha256];
      const own = ownOf(target);
      if (sharing === 'reference') {
        const json = JSON.stringify(referring(own, settings?.sha256, signedPlan?.sha256));
        return { json: [json], etag: etagOf(json) };
      }
      const { assignment, ...rest } = own;
      const pieces = [
        ...(assignment === null || settings === undefined
          ? ['{"assignment":null']
          : [`{"assignment":${JSON.stringify(assignment).slice(0, -1)},"settings":`, settings.json, '}']),
        ...(signedPlan === undefined ? [] : [',"signedPlan":', signedPlan.json]),
        `,${JSON.stringify(rest).slice(1)}`,
      ];
      return { json: pieces, etag: etagOf(hashes.join(), ...pieces.filter((piece) => typeof piece === 'string')) };
    },
  };
}

/** The target without what many hosts share. */
function ownOf({ assignment, signedPlan: _plan, ...rest }: Target) {
  if (assignment === null) return { assignment, ...rest };
  const { settings: _settings, ...own } = assignment;
  return { assignment: own, ...rest };
}

const referring = (
  { assignment, ...rest }: ReturnType<typeof ownOf>,
  settingsRef = '',
  signedPlanRef?: string,
): SentTarget => ({
  assignment: assignment && { ...assignment, settingsRef },
  ...rest,
  ...(signedPlanRef === undefined ? {} : { signedPlanRef }),
});

const etagOf = (...parts: readonly string[]) => `"${createHash('sha256').update(parts.join()).digest('base64url')}"`;
