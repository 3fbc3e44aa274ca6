import type { HostStatus, Status } from '../../../shared/protocol/status.ts';
import type { StepId } from '../../../shared/steps/catalogue.ts';

/** The milestones of a bring-up, each the end of a step. */
const moments: readonly { title: string; step: readonly StepId[] }[] = [
  { title: 'PREPARED', step: ['kubelet-enabled'] },
  { title: 'IMAGES', step: ['images'] },
  { title: 'INIT/JOIN', step: ['kubeadm-init', 'kubeadm-join'] },
  { title: 'READY', step: ['node-ready'] },
];

/** Seconds from `start` (milliseconds since the epoch) to the end of the step; null if it has not ended. */
function secondsTo(host: HostStatus, steps: readonly StepId[], start: number): number | null {
  const step = host.steps.find(({ id }) => steps.includes(id));
  return step?.endedAt ? (Date.parse(step.endedAt) - start) / 1000 : null;
}

/** Per host, the seconds from `start` to each milestone: enrolled, prepared, joined and Ready. */
export function phaseSeconds(
  status: Status,
  start: number,
): { host: string; seconds: Record<string, number | null> }[] {
  return status.hosts.map((host) => ({
    host: host.name,
    seconds: {
      ENROLLED: host.enrolledAt === null ? null : (Date.parse(host.enrolledAt) - start) / 1000,
      ...Object.fromEntries(moments.map(({ title, step }) => [title, secondsTo(host, step, start)])),
    },
  }));
}

/** `phaseSeconds` as a text table. */
export function phaseTable(status: Status, start: number): string {
  const rows = phaseSeconds(status, start);
  const titles = Object.keys(rows[0]?.seconds ?? {});
  const cell = (value: number | null | undefined) => (value == null ? '-' : `${value.toFixed(1)} s`).padStart(11);
  const width = Math.max(4, ...rows.map(({ host }) => host.length));
  return [
    ['HOST'.padEnd(width), ...titles.map((title) => title.padStart(11))].join(' '),
    ...rows.map(({ host, seconds }) => [host.padEnd(width), ...titles.map((title) => cell(seconds[title]))].join(' ')),
  ].join('\n');
}
