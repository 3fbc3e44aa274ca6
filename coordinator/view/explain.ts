import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Diagnosis, Place } from '../../shared/protocol/diagnosis.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { HostStatus, Phase } from '../../shared/protocol/status.ts';
import { phaseSentence } from '../../shared/status/phases.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

export type Explained = Omit<HostStatus, 'explanation'>;

/** Beyond this kubelets and API servers begin to refuse each other's certificates, in seconds. */
const clockLimit = 30;

/**
 * One paragraph for a person: what is going on, since when, why, what happens next by itself, what you can do. Pure; the same for the page,
 * `muster explain` and the status API.
 */
export function explain(host: Explained, now: Date): LocalText {
  const parts = [going(host, now), ...why(host), next(host), ...whatToDo(host)];
  return {
    en: parts.map(({ en }) => en).join(' '),
    zh: parts.map(({ zh }) => zh).join(''),
  };
}

/** Its step has failed, it is blocked, or its node is lost: the cause matters more than the phase. */
const troubled: readonly Phase[] = ['failed', 'blocked', 'not-ready', 'waiting', 'joining', 'preparing'];

function causeOf({ phase, diagnosis }: Explained): Diagnosis | null {
  return troubled.includes(phase) ? diagnosis : null;
}

function blockers({ phase, findings }: Explained): Finding[] {
  return phase === 'blocked' ? findings.filter(({ level, mends }) => level === 'error' && !mends) : [];
}

function going(host: Explained, now: Date): LocalText {
  const { name, phase, steps, stepsDone, stepsTotal } = host;
  const text = phaseSentence(phase);
  const since = sinceOf(host);
  const lasted = since === null ? null : span((now.getTime() - Date.parse(since)) / 1000);
  const step = steps.find(({ state }) => state === 'applying' || state === 'failed' || state === 'waiting');
  const at =
    step === undefined || phase === 'ready' || phase === 'silent'
      ? { en: '', zh: '' }
      : {
          en: `, at step ${stepsDone + 1} of ${stepsTotal} (${definitionOf[step.id].title.en})`,
          zh: `，位于第 ${stepsDone + 1}/${stepsTotal} 步（${definitionOf[step.id].title.zh}）`,
        };
  return {
    en: `${name} ${text.en}${at.en}${lasted === null ? '' : `, for ${lasted.en}`}.`,
    zh: `${name} ${text.zh}${at.zh}${lasted === null ? '' : `，已持续 ${lasted.zh}`}。`,
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
  const cause = causeOf(host);
  const found = blockers(host);
  const skew = host.clockSkewSeconds;
  const current = host.steps.find(({ state }) => state === 'failed' || state === 'waiting');
  return [
    ...(cause === null
      ? []
      : [
          {
            en: `Cause: ${sentence(cause.title.en)} ${cause.cause.en}`,
            zh: `原因：${cause.title.zh}。${cause.cause.zh}`,
          },
        ]),
    ...found.map(({ id, seen, needed }) => ({
      en: `Cause: ${titleOf(id).en}: ${seen.en}; needed: ${needed.en}.`,
      zh: `原因：${titleOf(id).zh}：${seen.zh}；需要：${needed.zh}。`,
    })),
    ...(cause === null &&
    found.length === 0 &&
    current !== undefined &&
    current.message !== '' &&
    host.phase !== 'silent'
      ? [{ en: `It says: ${sentence(current.message)}`, zh: `其消息：${current.message}。` }]
      : []),
    ...(skew !== null && Math.abs(skew) > clockLimit ? [clockText(skew)] : []),
  ];
}

function clockText(skew: number): LocalText {
  const { en, zh } = span(Math.abs(skew));
  const ahead = skew > 0;
  return {
    en: `Its clock is ${en} ${ahead ? 'ahead of' : 'behind'} the coordinator’s: certificates may seem expired or not yet valid.`,
    zh: `其时钟比协调器${ahead ? '快' : '慢'} ${zh}：证书可能显得已过期或尚未生效。`,
  };
}

function next(host: Explained): LocalText {
  const { phase } = host;
  const automatic = causeOf(host)?.automatic ?? null;
  if (automatic !== null && automatic.triesLeft > 0)
    return {
      en: `By itself: muster ${automatic.text.en} (${automatic.triesLeft} more ${automatic.triesLeft === 1 ? 'try' : 'tries'} after this).`,
      zh: `自动处理：muster 会${automatic.text.zh}（此后还可尝试 ${automatic.triesLeft} 次）。`,
    };
  switch (phase) {
    case 'ready':
      return { en: 'muster keeps watching it.', zh: 'muster 会持续监视。' };
    case 'planned':
      return {
        en: 'Nothing happens until its one-liner is run there.',
        zh: '在该主机上执行一行安装命令之前不会有任何动作。',
      };
    case 'silent':
      return {
        en: `Nothing can be done from here until its agent is heard of again (silent means ${silentAfterMs / 1000} s without contact).`,
        zh: `在其代理恢复联系之前，这里无法做任何事（超过 ${silentAfterMs / 1000} 秒没有联系即视为失联）。`,
      };
    case 'blocked':
      return {
        en: 'By itself: it looks again at least once a minute and goes on as soon as that is mended; until then nothing is changed on it.',
        zh: '自动处理：至少每分钟检查一次，问题解决后立即继续；在此之前不会修改该主机。',
      };
    case 'failed':
      return {
        en: 'By itself: it cleans up what the try has left and tries again at least once a minute.',
        zh: '自动处理：清理该次尝试的残留，并至少每分钟重试一次。',
      };
    case 'paused':
    case 'retired':
    case 'unplanned':
    case 'cloned':
      return {
        en: 'By itself: nothing is done on it until an operator says so.',
        zh: '自动处理：在操作员作出决定之前不会对其做任何事。',
      };
    default:
      return { en: 'By itself: it goes on as soon as it can.', zh: '自动处理：条件具备后立即继续。' };
  }
}

function whatToDo(host: Explained): LocalText[] {
  const cause = causeOf(host);
  if (cause !== null) {
    const at = cause.command === '' ? null : runAt(cause.where, host.name, cause.command);
    return [
      { en: `What you can do: ${cause.remedy.en}`, zh: `您可以：${cause.remedy.zh}` },
      ...(at === null ? [] : [at]),
    ];
  }
  const found = blockers(host);
  if (found.length > 0)
    return found.map(({ remedy, command }) => ({
      en: `What you can do: ${remedy.en || command}.`,
      zh: `您可以：${remedy.zh || command}。`,
    }));
  if (host.remedy === '') return host.phase === 'ready' ? [] : [{ en: 'You need do nothing.', zh: '您无需处理。' }];
  return [{ en: `What you can do: ${host.remedy}.`, zh: `您可以：${host.remedy}。` }];
}

const shells: Record<Place, (host: string) => LocalText> = {
  host: (host) => ({ en: `on ${host}`, zh: `在 ${host} 上` }),
  'control-plane': () => ({ en: 'on the control plane', zh: '在控制平面上' }),
  coordinator: () => ({ en: 'on the coordinator', zh: '在协调器上' }),
};

function runAt(where: Place, host: string, command: string): LocalText {
  const { en, zh } = shells[where](host);
  return { en: `Run ${en}: ${command}`, zh: `${zh}执行：${command}` };
}

const sentence = (text: string) => (/[.!?。]$/.test(text) ? text : `${text}.`);

/** "12 s", "5 min", "3 h", "2 d". */
function span(seconds: number): LocalText {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return { en: `${whole} s`, zh: `${whole} 秒` };
  if (whole < 7200) return { en: `${Math.round(whole / 60)} min`, zh: `${Math.round(whole / 60)} 分钟` };
  if (whole < 172_800) return { en: `${Math.round(whole / 3600)} h`, zh: `${Math.round(whole / 3600)} 小时` };
  return { en: `${Math.round(whole / 86_400)} d`, zh: `${Math.round(whole / 86_400)} 天` };
}
