import type { StepResult } from '../../../shared/protocol/report.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { type Html, html } from '../html.ts';
import { duration, stepSeconds, type Tone } from '../words.ts';
import { command } from './layout.ts';

const tones: Record<StepResult['state'], Tone> = {
  pending: 'idle',
  checking: 'busy',
  applying: 'busy',
  waiting: 'busy',
  done: 'good',
  failed: 'bad',
  drifted: 'idle',
};

/** The steps of a host in their order, each with its state, its time and, where there is one, its message. */
export function stepList(host: HostStatus, now: string): Html {
  return html`<ol class="steps">${host.steps.map((step) => stepItem(step, now))}</ol>`;
}

function stepItem(step: HostStatus['steps'][number], now: string): Html {
  const seconds = stepSeconds(step, now);
  return html`<li class="${tones[step.state]}">
<p><span>${step.title}</span> <span class="quiet number">${step.state}${seconds !== null && ` · ${duration(seconds)}`}${
    step.attempts > 1 && ` · attempt ${step.attempts}`
  }</span></p>
${step.message !== '' && step.state !== 'done' && html`<p class="quiet">${step.message}</p>`}
${step.state !== 'done' && command(step.remedy)}
</li>`;
}
