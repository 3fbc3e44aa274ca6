import { duration } from '../duration.ts';
import { roleTitle } from '../steps/catalogue.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { currentStep, stepSeconds } from './host.ts';
import { phaseWord } from './phases.ts';
import type { HostRow } from './row.ts';

export interface Column {
  title: LocalText;
  /** @param now milliseconds since the epoch, by the coordinator's clock */
  text: (row: HostRow, now: number) => LocalText;
}

/** Columns of host tables. To add one, add an entry here and in `tables`. */
export const columns = {
  host: { title: { en: 'Host', zh: '主机' }, text: ({ name }) => verbatim(name) },
  address: { title: { en: 'Address', zh: '地址' }, text: ({ address }) => verbatim(address) },
  role: { title: { en: 'Role', zh: '角色' }, text: ({ role }) => roleTitle[role] },
  phase: { title: { en: 'Phase', zh: '阶段' }, text: ({ phase }) => phaseWord(phase) },
  contact: {
    title: { en: 'Last contact', zh: '最近联系' },
    text: ({ lastContactAt }, now) => ageText(lastContactAt, now),
  },
  stepsDone: {
    title: { en: 'Steps', zh: '步骤' },
    text: ({ stepsDone, stepsTotal }) => verbatim(`${stepsDone}/${stepsTotal}`),
  },
  now: { title: { en: 'Now', zh: '当前' }, text: stepText },
  kubelet: { title: verbatim('kubelet'), text: ({ node }) => verbatim(node?.kubeletVersion ?? '-') },
  runtime: { title: { en: 'Runtime', zh: '容器运行时' }, text: ({ node }) => verbatim(node?.runtimeVersion ?? '-') },
  arch: { title: { en: 'Arch', zh: '架构' }, text: ({ arch }) => verbatim(arch ?? '-') },
  system: { title: { en: 'System', zh: '系统' }, text: ({ system }) => verbatim(system ?? '-') },
} as const satisfies Record<string, Column>;

export type ColumnId = keyof typeof columns;

/** Columns of `muster status`, `muster hosts` and the page, in order. */
export const tables = {
  status: ['host', 'role', 'phase', 'contact', 'stepsDone', 'now'],
  hosts: ['host', 'address', 'role', 'phase', 'kubelet', 'runtime', 'arch', 'system'],
  page: ['host', 'phase', 'stepsDone', 'now', 'contact'],
} as const satisfies Record<string, readonly ColumnId[]>;

/** Formats an age: "4 s ago", or "never". */
export function ageText(at: string | null, now: number): LocalText {
  if (at === null) return { en: 'never', zh: '从未' };
  const age = duration((now - Date.parse(at)) / 1000);
  return { en: `${age.en} ago`, zh: `${age.zh}前` };
}

/** Formats the current step: "Pull the images that this node needs, 48 s". */
function stepText(row: HostRow, now: number): LocalText {
  const step = currentStep(row);
  // A silent host's step may be outdated.
  if (step === undefined || row.enrolledAt === null || row.phase === 'ready' || row.phase === 'silent')
    return verbatim('');
  const seconds = step.state === 'applying' ? stepSeconds(step, now) : null;
  if (seconds === null) return verbatim(step.title);
  const time = duration(seconds);
  return { en: `${step.title}, ${time.en}`, zh: `${step.title}，${time.zh}` };
}
