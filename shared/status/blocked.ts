import { groupOf } from '../preflight/catalogue.ts';
import { blocks } from '../preflight/examine.ts';
import { guardsAll } from '../preflight/guard.ts';
import type { Finding } from '../protocol/finding.ts';
import type { StepResult } from '../protocol/report.ts';
import type { HostStatus } from '../protocol/status.ts';
import { definitionOf } from '../steps/catalogue.ts';
import type { LocalText } from '../text/local-text.ts';

const everything: LocalText = {
  en: 'muster changes nothing on this host until it passes',
  zh: '在其通过之前，muster 不会更改该主机',
};

const nothingNow: LocalText = {
  en: 'it blocks no step at present, but would block a rejoin',
  zh: '目前不阻止任何步骤，但会阻止重新加入',
};

/** Findings that block steps of this host. */
export const blockers = (findings: readonly Finding[]): Finding[] => findings.filter(blocks);

interface Blocked extends Pick<HostStatus, 'findings'> {
  steps: readonly Pick<StepResult, 'id' | 'state'>[];
  /** Whether the host has been a Ready node. */
  wasReady: boolean;
}

/** Which steps of a node wait until these findings are resolved, and that the others continue; null: no finding blocks. */
export function blockedText({ steps, findings, wasReady }: Blocked): LocalText | null {
  const blocking = blockers(findings);
  if (blocking.length === 0) return null;
  // Hosts are compared with each other only until they are nodes.
  const all = blocking.filter((one) => guardsAll(one) && (!wasReady || groupOf(one.id) !== 'fleet'));
  if (all.length > 0) return everything;
  const titles = steps.filter(({ state }) => state === 'blocked').map(({ id }) => definitionOf[id].title);
  if (titles.length === 0) return nothingNow;
  return {
    en: `blocked until it passes: ${titles.map(({ en }) => en).join(', ')}; all other steps continue`,
    zh: `在其通过之前受阻：${titles.map(({ zh }) => zh).join('、')}；其他步骤继续执行`,
  };
}
