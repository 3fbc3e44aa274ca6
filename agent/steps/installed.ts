import { packageFacts } from '../facts/packages.ts';
import { pauseTagOf } from '../facts/pause-tag.ts';
import type { StepContext } from './step.ts';

/** The context with what the step `packages` may have installed since the facts were gathered. */
export async function withInstalled(context: StepContext): Promise<StepContext> {
  const { host, facts, assignment } = context;
  const { versions } = await packageFacts(host);
  const pauseTag = facts.software.pauseTag ?? (await pauseTagOf(host, assignment.settings, versions));
  return { ...context, facts: { ...facts, packages: versions, software: { ...facts.software, pauseTag } } };
}
