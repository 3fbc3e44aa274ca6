import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTarGzip } from 'nanotar';
import { masked } from '../../shared/plan/masked.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Collection } from '../../shared/protocol/collection.ts';
import type { Event, HostStatus } from '../../shared/protocol/status.ts';
import { redactText } from '../../shared/redact.ts';
import { version } from '../../shared/version.ts';

export interface BundleParts {
  host: HostStatus;
  plan: Plan;
  events: readonly Event[];
  /** Output of the steps, oldest first. */
  output: readonly { at: string; step: string; text: string }[];
  /** null: the host did not answer. */
  collected: Collection['files'] | null;
  now: Date;
}

/** Packs what is known of a host as a tar.gz. Secrets are removed here too, regardless of what the host removed. */
export async function supportBundle(parts: BundleParts): Promise<Uint8Array> {
  const folder = `muster-support-${parts.host.name}`;
  const attrs = { mode: '600', mtime: parts.now.getTime() };
  const files: { name: string; data: string; attrs: typeof attrs }[] = [];
  for (const { name, text } of contents(parts)) {
    files.push({ name: `${folder}/${name}`, data: redactText(text), attrs });
    // Each takes up to 0.1 s.
    await nextTurn();
  }
  return createTarGzip(files);
}

function contents({ host, plan, events, output, collected, now }: BundleParts): { name: string; text: string }[] {
  const { facts, findings, steps, diagnosis, explanation, node, ...standing } = host;
  const own = events.filter((event) => event.host === host.name || event.host === null);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const answered =
    collected === null
      ? 'The host did not answer in time: its journals and configuration are missing here.'
      : 'host/ has its journals and configuration.';
  const about = [
    `muster ${version}, ${host.name}, ${now.toISOString()}`,
    explanation.en,
    '',
    'coordinator/ has what the coordinator knows.',
    answered,
    'Secrets have been taken out, on the host and again on the coordinator. Read it all the same before you pass it on.',
  ];
  return [
    { name: 'README.txt', text: `${about.join('\n')}\n` },
    { name: 'coordinator/host.json', text: json({ ...standing, node }) },
    { name: 'coordinator/facts.json', text: json(facts) },
    { name: 'coordinator/findings.json', text: json(findings) },
    { name: 'coordinator/steps.json', text: json(steps) },
    { name: 'coordinator/diagnosis.json', text: json({ diagnosis, explanation }) },
    { name: 'coordinator/plan.json', text: json(masked(plan)) },
    { name: 'coordinator/events.log', text: own.map(({ at, kind, message }) => `${at} ${kind} ${message}\n`).join('') },
    { name: 'coordinator/output.log', text: output.map(({ at, step, text }) => `${at} ${step} | ${text}\n`).join('') },
    ...(collected ?? []).map(({ name, text }) => ({ name: `host/${name}`, text })),
  ];
}
