import type { HostStatus, StatusPage } from '../../../shared/protocol/status.ts';
import { currentStep } from '../../../shared/status/host.ts';
import { phasesText, phaseTone, phaseWord } from '../../../shared/status/phases.ts';
import { readyCount } from '../../../shared/status/sentence.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import { clean, timeOfDay } from './text.ts';

const semicolons: Record<Language, string> = { en: '; ', zh: '；' };

/**
 * Formats the changes since the last call, one line each: "12:03:04 node01: preparing 8/15, Pull the images of this
 * node".
 */
export function createProgress(language: Language): (answer: StatusPage | string) => string[] {
  const told = new Map<string, string>();

  function news(about: string, text: string, at: string): string[] {
    if (told.get(about) === text) return [];
    told.set(about, text);
    return [`${timeOfDay(at)} ${clean(text)}`];
  }

  return (answer) => {
    if (typeof answer === 'string') return news('cluster', answer, new Date().toISOString());
    const { hosts, coordinator, page } = answer;
    return [
      ...hosts.flatMap((host) => news(host.name, hostLine(host, language), coordinator.now)),
      ...news('cluster', clusterLine(page, language), coordinator.now),
    ];
  };
}

/** "4990 of 5000 nodes Ready"; if not all hosts are shown, also how many there are in each phase. */
function clusterLine(page: StatusPage['page'], language: Language): string {
  const ready = readyCount(page.readyNodes, page.total)[language];
  return page.next === null ? ready : `${ready}${semicolons[language]}${phasesText(page.phases)[language]}`;
}

/** Omits values that change constantly, such as ages: each changed line is printed. */
function hostLine(host: HostStatus, language: Language): string {
  const { name, phase, stepsDone, stepsTotal } = host;
  const at = `${name}: ${phaseWord(phase)[language]}`;
  if (phase === 'planned' || phase === 'silent') return at;
  const counted = `${at} ${stepsDone}/${stepsTotal}`;
  if (phase === 'ready') return counted;
  if (phaseTone(phase) === 'bad') return `${counted}, ${host.summary[language]}`;
  const step = currentStep(host);
  if (step === undefined) return counted;
  return `${counted}, ${step.title}${step.state === 'waiting' && step.message !== '' ? `: ${step.message}` : ''}`;
}
