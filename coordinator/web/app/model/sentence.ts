import type { Phase } from '../../../../shared/protocol/status.ts';
import type { HostRow } from '../../../../shared/protocol/stream.ts';
import { activity } from '../../../../shared/status/activity.ts';
import { currentStep } from '../../../../shared/status/host.ts';
import { phaseText, urgency } from '../../../../shared/status/phases.ts';
import type { Language } from '../../../../shared/text/local-text.ts';
import type { Texts } from '../text/index.ts';
import { estimate, type medians } from './estimate.ts';

export interface Wording {
  texts: Texts;
  language: Language;
  duration: (seconds: number) => string;
}

export interface Seen {
  row: HostRow;
  phase: Phase;
}

/** "2 of 3 nodes Ready; node02 is installing packages, Ready in about 20 s". Retired hosts are nobody’s concern. */
export function sentence(
  all: readonly Seen[],
  typical: ReturnType<typeof medians>,
  now: number,
  { texts, language, duration }: Wording,
): string {
  const hosts = all.filter(({ phase }) => phase !== 'retired');
  const rest = hosts.filter(({ phase }) => phase !== 'ready');
  if (rest.length === 0) return end(texts.allReady(hosts.length), language);
  const parts = [texts.ready(hosts.length - rest.length, hosts.length)];
  if (hosts.every(({ phase }) => phase === 'planned')) parts.push(texts.noneSeen);
  else {
    const [first] = rest.toSorted((a, b) => urgency(a.phase) - urgency(b.phase));
    if (first !== undefined) parts.push(ofHost(first, typical, now, { texts, language, duration }));
    if (rest.length > 1) parts.push(texts.alsoBusy(rest.length - 1));
  }
  return end(parts.join(language === 'zh' ? '；' : '; '), language);
}

function ofHost({ row, phase }: Seen, typical: ReturnType<typeof medians>, now: number, wording: Wording): string {
  const { texts, language, duration } = wording;
  const comma = language === 'zh' ? '，' : ', ';
  if (phase === 'silent' && row.lastContactAt !== null) {
    return texts.silentFor(row.name, duration((now - Date.parse(row.lastContactAt)) / 1000));
  }
  const error = row.findings.find(({ level }) => level === 'error');
  if (phase === 'blocked' && error !== undefined) return texts.blockedBy(row.name, error.seen[language]);
  if (phase === 'failed' && row.diagnosis !== null) return texts.says(row.name, row.diagnosis.title[language]);
  if (row.summary !== '' && phase !== 'preparing' && phase !== 'joining') return texts.says(row.name, row.summary);
  const step = currentStep(row);
  if (step === undefined || phase === 'planned' || phase === 'enrolled') {
    return texts.isDoing(row.name, phaseText(phase, language));
  }
  const doing = texts.isDoing(row.name, activity(step.id)[language]);
  const left = estimate(row, typical, now);
  if (left === null) return doing;
  const time = left.host === null ? texts.stepLeft(about(left.step)) : texts.readyIn(about(left.host));
  return `${doing}${comma}${time}`;

  /** Nobody needs an estimate to the second; and one that jumps about is not believed. */
  function about(seconds: number): string {
    return duration(seconds < 20 ? Math.ceil(seconds / 5) * 5 : Math.ceil(seconds / 10) * 10);
  }
}

function end(text: string, language: Language): string {
  return `${text}${language === 'zh' ? '。' : '.'}`;
}
