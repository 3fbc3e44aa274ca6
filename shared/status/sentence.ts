import { isDecision } from '../diagnosis/failures/cluster.ts';
import { duration } from '../duration.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { activity } from './activity.ts';
import { estimate, medians } from './estimate.ts';
import { currentStep } from './host.ts';
import { phaseSentence, urgency } from './phases.ts';
import type { HostRow } from './row.ts';

/** Typical duration in seconds by step; computed only if the sentence needs it. */
type Typical = () => ReturnType<typeof medians>;

/**
 * The cluster in one sentence: "2 of 3 nodes Ready; node02 is installing packages, Ready in about 20 s." Used by the
 * status, `muster` and the page. Retired hosts do not count.
 *
 * @param now milliseconds since the epoch, by the coordinator's clock
 */
export function clusterSentence(
  all: readonly HostRow[],
  now: number,
  typical: Typical = () => medians(all),
): LocalText {
  const hosts = all.filter(({ phase }) => phase !== 'retired');
  const rest = hosts.filter(({ phase }) => phase !== 'ready').toSorted((a, b) => urgency(a.phase) - urgency(b.phase));
  const parts = partsOf(hosts, rest, now, typical);
  return { en: `${parts.map(({ en }) => en).join('; ')}.`, zh: `${parts.map(({ zh }) => zh).join('；')}。` };
}

/** Nodes that the API server reports as Ready, whatever else their hosts are doing. */
export const readyNodes = (rows: readonly Pick<HostRow, 'node'>[]): number =>
  rows.filter(({ node }) => node?.ready === true).length;

function partsOf(hosts: readonly HostRow[], rest: readonly HostRow[], now: number, typical: Typical): LocalText[] {
  const total = hosts.length;
  const [first] = rest;
  if (first === undefined) return [allReady(total)];
  const count = readyCount(readyNodes(hosts), total);
  if (first.phase === 'planned' && rest.length === total) return [count, noneEnrolled];
  const decision = rest.map(({ diagnosis }) => diagnosis).find((one) => one !== null && isDecision(one.id));
  if (decision) return [count, waitsForOperator(decision.title)];
  const more = rest.slice(1).filter(({ node }) => node?.ready !== true).length;
  return [count, aboutHost(first, now, typical), ...(more === 0 ? [] : [othersNotReady(more)])];
}

const allReady = (total: number): LocalText =>
  total === 1
    ? { en: 'The node is Ready', zh: '该节点已 Ready' }
    : { en: `All ${total} nodes are Ready`, zh: `全部 ${total} 个节点均已 Ready` };

export const readyCount = (ready: number, total: number): LocalText => ({
  en: `${ready} of ${total} nodes Ready`,
  zh: `${total} 个节点中 ${ready} 个 Ready`,
});

const waitsForOperator = ({ en, zh }: LocalText): LocalText => ({
  en: `${en.toLowerCase()}; waiting for an operator`,
  zh: `${zh}；等待操作员决定`,
});

const noneEnrolled: LocalText = { en: 'no host has enrolled yet', zh: '尚无主机接入' };

const othersNotReady = (count: number): LocalText => ({
  en: count === 1 ? '1 other node is not Ready' : `${count} other nodes are not Ready`,
  zh: `另有 ${count} 个节点未 Ready`,
});

function aboutHost(row: HostRow, now: number, typical: Typical): LocalText {
  const { name, phase, summary, diagnosis, lastContactAt } = row;
  const says = (text: LocalText): LocalText => ({ en: `${name}: ${text.en}`, zh: `${name}：${text.zh}` });
  switch (phase) {
    case 'silent': {
      const age = duration((now - Date.parse(lastContactAt ?? '')) / 1000);
      return { en: `${name} has been silent for ${age.en}`, zh: `${name} 已失联 ${age.zh}` };
    }
    case 'planned':
      return { en: `${name} has not enrolled yet`, zh: `${name} 尚未接入` };
    case 'enrolled':
      return { en: `${name} has enrolled and has not reported yet`, zh: `${name} 已接入，尚未上报` };
    case 'blocked':
      return blocked(row);
    case 'preparing':
    case 'joining':
      return working(row, now, typical);
    case 'failed':
      return says(diagnosis?.title ?? summary);
    default:
      return says(summary);
  }
}

/** "node02 is blocked by a failed check: Memory is sufficient"; its summary has the values, too. */
function blocked({ name, phase, summary, findings }: HostRow): LocalText {
  const [worst] = findings;
  if (worst?.level !== 'error') return { en: `${name}: ${summary.en}`, zh: `${name}：${summary.zh}` };
  const { en, zh } = phaseSentence(phase);
  return { en: `${name} ${en}: ${worst.title.en}`, zh: `${name} ${zh}：${worst.title.zh}` };
}

/** "node02 is installing packages, Ready in about 20 s"; without an estimate, the time spent so far. */
function working(row: HostRow, now: number, typical: Typical): LocalText {
  const step = currentStep(row);
  if (step === undefined) return verbatim(row.name);
  const doing = activity(step.id);
  const time = timeOf(row, step, now, typical);
  return {
    en: `${row.name} is ${doing.en}${time === null ? '' : `, ${time.en}`}`,
    zh: `${row.name} ${doing.zh}${time === null ? '' : `，${time.zh}`}`,
  };
}

function timeOf(row: HostRow, step: HostRow['steps'][number], now: number, typical: Typical): LocalText | null {
  const left = estimate(row, typical(), now);
  if (left === null) {
    const began = step.state === 'applying' ? step.startedAt : null;
    return began === null ? null : duration((now - Date.parse(began)) / 1000);
  }
  const time = about(left.host ?? left.step);
  return left.host === null
    ? { en: `about ${time.en} left`, zh: `约剩 ${time.zh}` }
    : { en: `Ready in about ${time.en}`, zh: `约 ${time.zh}后 Ready` };
}

/** Rounds, so that the estimate does not change every second. */
function about(seconds: number): LocalText {
  return duration(seconds < 20 ? Math.ceil(seconds / 5) * 5 : Math.ceil(seconds / 10) * 10);
}
