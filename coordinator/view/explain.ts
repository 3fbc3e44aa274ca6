import { duration } from '../../shared/duration.ts';
import type { Diagnosis, Place } from '../../shared/protocol/diagnosis.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { HostStatus, Phase } from '../../shared/protocol/status.ts';
import { blockedText, blockers } from '../../shared/status/blocked.ts';
import { findingText } from '../../shared/status/finding.ts';
import { phaseSentence } from '../../shared/status/phases.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

export type Explained = Omit<HostStatus, 'explanation'>;

/** Clock skew in seconds beyond which kubelets and API servers start to reject each other's certificates. */
const clockLimit = 30;

/**
 * Explains a host in one paragraph: what is happening, since when, why, what happens next, what to do. Pure; used by
 * the status page, `muster explain` and the status API.
 */
export function explain(host: Explained, now: Date): LocalText {
  const parts = [going(host, now), ...why(host), next(host), ...whatToDo(host)];
  return {
    en: parts.map(({ en }) => en).join(' '),
    zh: parts.map(({ zh }) => zh).join(''),
  };
}

/** Phases whose cause matters more than the phase itself. */
const troubled: readonly Phase[] = ['failed', 'blocked', 'not-ready', 'waiting', 'joining', 'preparing'];

function causeOf({ phase, diagnosis }: Explained): Diagnosis | null {
  return troubled.includes(phase) ? diagnosis : null;
}

/** Findings that hold the host up, or steps of a Ready one. */
function obstacles({ phase, findings }: Explained): Finding[] {
  return phase === 'blocked' || phase === 'ready' ? blockers(findings) : [];
}

function going(host: Explained, now: Date): LocalText {
  const { name, phase } = host;
  const text = phaseSentence(phase);
  const at = stepOf(host);
  const since = sinceOf(host);
  const lasted = since === null ? null : duration((now.getTime() - Date.parse(since)) / 1000);
  return {
    en: `${name} ${text.en}${at.en}${lasted === null ? '' : `${at.en === '' ? '' : ','} for ${lasted.en}`}.`,
    zh: `${name} ${text.zh}${at.zh}${lasted === null ? '' : `，已持续 ${lasted.zh}`}。`,
  };
}

/** ", at step 9 of 15 (Install packages)"; empty if no step is active. */
function stepOf({ phase, steps, stepsDone, stepsTotal }: Explained): LocalText {
  const step = steps.find(({ state }) => state === 'applying' || state === 'failed' || state === 'waiting');
  if (step === undefined || phase === 'ready' || phase === 'silent') return { en: '', zh: '' };
  const { en, zh } = definitionOf[step.id].title;
  return {
    en: `, at step ${stepsDone + 1} of ${stepsTotal} (${en})`,
    zh: `，位于第 ${stepsDone + 1}/${stepsTotal} 步（${zh}）`,
  };
}

function sinceOf(host: Explained): string | null {
  const { phase, steps, lastContactAt, enrolledAt } = host;
  if (phase === 'silent') return lastContactAt;
  if (phase === 'planned' || phase === 'ready') return null;
  const step = steps.find(({ state }) => state === 'applying' || state === 'failed');
  return causeOf(host)?.since ?? step?.startedAt ?? (phase === 'enrolled' ? enrolledAt : null);
}

function why(host: Explained): LocalText[] {
  const skew = host.clockSkewSeconds;
  return [...reasonsOf(host), ...(skew !== null && Math.abs(skew) > clockLimit ? [clockText(skew)] : [])];
}

function reasonsOf(host: Explained): LocalText[] {
  const cause = causeOf(host);
  const found = obstacles(host);
  if (cause !== null || found.length > 0) {
    const said = cause === null ? [] : [diagnosed(cause)];
    return [...said, ...found.map(findingText).map(({ en, zh }) => ({ en: `Cause: ${en}.`, zh: `原因：${zh}。` }))];
  }
  const current = host.steps.find(({ state }) => state === 'failed' || state === 'waiting');
  if (current === undefined || current.message === '' || host.phase === 'silent') return [];
  return [{ en: `Message: ${sentence(current.message)}`, zh: `消息：${current.message}。` }];
}

const diagnosed = ({ title, cause }: Diagnosis): LocalText => ({
  en: `Cause: ${sentence(title.en)} ${cause.en}`,
  zh: `原因：${title.zh}。${cause.zh}`,
});

function clockText(skew: number): LocalText {
  const { en, zh } = duration(Math.abs(skew));
  const ahead = skew > 0;
  return {
    en: `Its clock is ${en} ${ahead ? 'ahead of' : 'behind'} the coordinator’s, so certificates may appear expired or not yet valid.`,
    zh: `其时钟比协调器${ahead ? '快' : '慢'} ${zh}，证书可能被视为已过期或尚未生效。`,
  };
}

function next(host: Explained): LocalText {
  const cause = causeOf(host);
  const automatic = cause?.automatic ?? null;
  if (automatic === null || automatic.triesLeft === 0) {
    return cause?.next ? { en: `Next: ${cause.next.en}`, zh: `接下来：${cause.next.zh}` } : nextOf(host);
  }
  const { text, triesLeft } = automatic;
  const attempts = triesLeft === 1 ? '1 more attempt follows' : `${triesLeft} more attempts follow`;
  return {
    en: `Next: muster ${text.en} (${attempts} if that fails).`,
    zh: `接下来：muster 会${text.zh}（若失败，还会尝试 ${triesLeft} 次）。`,
  };
}

function nextOf(host: Explained): LocalText {
  const { phase } = host;
  switch (phase) {
    case 'ready':
      return obstacles(host).length > 0
        ? partly(host)
        : { en: 'Next: muster keeps monitoring it.', zh: '接下来：muster 持续监控该主机。' };
    case 'planned':
      return {
        en: 'Next: nothing until the install command runs on it.',
        zh: '接下来：在该主机上运行安装命令之前，不会有任何操作。',
      };
    case 'silent':
      return {
        en: `Next: nothing until its agent connects again (a host is silent after ${silentAfterMs / 1000} s without contact).`,
        zh: `接下来：在其代理重新连接之前，不会有任何操作（超过 ${silentAfterMs / 1000} 秒没有联系即为失联）。`,
      };
    case 'blocked':
      return partly(host);
    case 'failed':
      return {
        en: 'Next: muster cleans up after the failed attempt and retries at least once a minute.',
        zh: '接下来：muster 清理失败的尝试，并至少每分钟重试一次。',
      };
    case 'paused':
    case 'retired':
    case 'unplanned':
    case 'cloned':
      return {
        en: 'Next: nothing until an operator decides.',
        zh: '接下来：在操作员作出决定之前，不会有任何操作。',
      };
    default:
      return { en: 'Next: continues automatically.', zh: '接下来：自动继续。' };
  }
}

/** What continues while findings block. */
function partly(host: Explained): LocalText {
  const what = blockedText({ ...host, wasReady: host.readyAt !== null }) ?? {
    en: 'nothing changes on the host',
    zh: '不会更改该主机',
  };
  return {
    en: `Next: muster repeats the check at least once a minute; ${what.en}.`,
    zh: `接下来：muster 至少每分钟重新检查一次；${what.zh}。`,
  };
}

function whatToDo(host: Explained): LocalText[] {
  const cause = causeOf(host);
  if (cause !== null) {
    const at = cause.command === '' ? null : runAt(cause.where, host.name, cause.command);
    return [fix(cause.remedy), ...(at === null ? [] : [at])];
  }
  const found = obstacles(host);
  if (found.length > 0) {
    return found.map(({ remedy, command }) => fix({ en: `${remedy.en || command}.`, zh: `${remedy.zh || command}。` }));
  }
  const { en, zh } = host.remedy;
  // A command, the same in both languages, is copied: no full stop follows it.
  if (en !== '') return [fix(en === zh ? host.remedy : { en: `${en}.`, zh: `${zh}。` })];
  return host.phase === 'ready' ? [] : [{ en: 'No action needed.', zh: '无需操作。' }];
}

const fix = ({ en, zh }: LocalText): LocalText => ({ en: `Fix: ${en}`, zh: `修复方法：${zh}` });

const shells: Record<Place, (host: string) => LocalText> = {
  host: (host) => ({ en: `on ${host}`, zh: `在 ${host} 上` }),
  'control-plane': () => ({ en: 'on the control plane', zh: '在控制平面上' }),
  coordinator: () => ({ en: 'on the coordinator', zh: '在协调器上' }),
};

function runAt(where: Place, host: string, command: string): LocalText {
  const { en, zh } = shells[where](host);
  return { en: `Run ${en}: ${command}`, zh: `${zh}运行：${command}` };
}

const sentence = (text: string) => (/[.!?。]$/.test(text) ? text : `${text}.`);
