import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { jsonOrUndefined } from '../../shared/json.ts';
import { clusterSettingsSchema, type Plan } from '../../shared/plan/schema.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import {
  planKeyPattern,
  type SignedText,
  signedPlanSchema,
  signedTextSchema,
} from '../../shared/protocol/signed-plan.ts';

/** The signature beside a plan. */
export const signatureFile = (plan: string): string => `${plan}.sig`;
/** The public key beside a plan: hosts pin it at their installation. */
export const planKeyFile = (plan: string): string => join(dirname(plan), 'plan-signing.pub');

/** null: there is none, or it is not a signature. */
export function readSignature(plan: string): SignedText | null {
  return signedTextSchema.safeParse(jsonOrUndefined(read(signatureFile(plan)))).data ?? null;
}

/** undefined: plans are not signed. */
export function readPlanKey(plan: string): string | undefined {
  const key = read(planKeyFile(plan)).trim();
  return planKeyPattern.test(key) ? key : undefined;
}

/** A signature of another plan: hosts that pin the key keep to the signed one. */
export function signatureNotices(plan: Plan, signed: SignedText | null): Notice[] {
  if (signed === null) return [];
  const { data } = signedPlanSchema.safeParse(jsonOrUndefined(signed.text));
  const inForce = clusterSettingsSchema.parse(JSON.parse(JSON.stringify(plan.settings)));
  return isDeepStrictEqual(data?.settings, inForce) ? [] : [otherPlan];
}

const otherPlan: Notice = {
  code: 'plan-signature-outdated',
  text: {
    en: 'The plan differs from the signed one. Hosts that require a signature follow the signed plan until the new one is signed.',
    zh: '计划与已签名的计划不同。要求签名的主机在新计划签名之前遵循已签名的计划。',
  },
  command: 'muster plan sign /etc/muster/cluster.yaml',
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
