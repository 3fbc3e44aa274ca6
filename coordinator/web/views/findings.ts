import { titleOf } from '../../../shared/preflight/catalogue.ts';
import type { Finding, Level } from '../../../shared/protocol/finding.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { type Html, html } from '../html.ts';
import { openFindings, phaseTone, stuckBecause, type Tone } from '../words.ts';
import { command, pill } from './layout.ts';

const tones: Record<Level, Tone> = { ok: 'good', unknown: 'idle', warning: 'warn', error: 'bad' };

export function findingList(findings: readonly Finding[]): Html | null {
  if (findings.length === 0) return null;
  return html`<ul class="findings">${findings.map(findingItem)}</ul>`;
}

function findingItem(finding: Finding): Html {
  const open = finding.level !== 'ok';
  return html`<li>
<p>${pill(tones[finding.level], finding.level)} <strong>${titleOf(finding.id).en}</strong>${
    open && finding.mends && html` <span class="quiet">muster mends this</span>`
  }</p>
<p class="quiet">${finding.seen.en}${open && finding.needed.en !== '' && html`; needed: ${finding.needed.en}`}</p>
${finding.lowered && html`<p class="quiet">lowered from ${finding.lowered.from} by the plan: ${finding.lowered.reason}</p>`}
${open && !finding.mends && finding.remedy.en !== '' && html`<p class="quiet">${finding.remedy.en}</p>`}
${open && !finding.mends && command(finding.command)}
</li>`;
}

/** What a person has to know and do about a host: why it is stuck, then its findings. */
export function attention(host: HostStatus): Html {
  const reason = stuckBecause(host);
  return html`${reason && html`<p>${reason.summary}</p>${command(reason.remedy)}`}${findingList(openFindings(host))}`;
}

export function needsAttention(host: HostStatus): boolean {
  return phaseTone(host.phase) === 'bad' || openFindings(host).length > 0;
}
