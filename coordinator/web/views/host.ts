import type { HostStatus, LogPage, Status } from '../../../shared/protocol/status.ts';
import { roleTitle } from '../../../shared/steps/catalogue.ts';
import { type Html, html } from '../html.ts';
import { duration, lastContact, openFindings, phaseText, phaseTone } from '../words.ts';
import { factList } from './facts.ts';
import { attention, findingList, needsAttention } from './findings.ts';
import { pill, type View } from './layout.ts';
import { stepList } from './steps.ts';

/** All that is known of one host. */
export function hostMain(status: Status, host: HostStatus, lines: LogPage['lines']): View {
  const others = host.findings.filter((finding) => !openFindings(host).includes(finding));
  return {
    title: `${host.name}: ${phaseText(host.phase)} · ${status.cluster.name}`,
    main: html`<main id="main">
<section class="hero">
<p class="eyebrow"><a href="/">${status.cluster.name}</a> · ${roleTitle[host.role].en} · ${host.address}</p>
<h1>${host.name} ${pill(phaseTone(host.phase), phaseText(host.phase))}</h1>
<p class="sentence">${host.summary}</p>
<p class="spoken" role="status" aria-live="polite">${host.name}: ${phaseText(host.phase)}</p>
<p class="quiet number">Last contact ${lastContact(host)}${clock(host)}</p>
</section>
${
  needsAttention(host) &&
  html`<section aria-labelledby="attention"><h2 id="attention">Needs attention</h2>
<div class="card">${attention(host)}</div></section>`
}
<div class="columns">
<section aria-labelledby="steps"><h2 id="steps">Steps <span class="quiet number">${host.stepsDone}/${host.stepsTotal}</span></h2>
${stepList(host, status.coordinator.now)}</section>
<section aria-labelledby="facts"><h2 id="facts">Facts</h2>
${factList(host)}</section>
</div>
<section aria-labelledby="output"><h2 id="output">Output</h2>
${output(host.name, lines)}</section>
${others.length > 0 && html`<section aria-labelledby="checks"><h2 id="checks">Checks</h2><div class="checks">${findingList(others)}</div></section>`}
</main>`,
  };
}

function clock({ clockSkewSeconds: skew }: HostStatus): string {
  if (skew === null || Math.abs(skew) < 2) return '';
  return `; its clock is ${duration(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} the coordinator’s`;
}

function output(name: string, lines: LogPage['lines']): Html {
  if (lines.length === 0) return html`<p class="quiet">Nothing has been printed yet.</p>`;
  const items = lines.map(
    (line) =>
      html`<li><time datetime="${line.at}">${line.at.slice(11, 19)}</time> <span class="step">${line.step}</span> <bdi>${line.text}</bdi></li>`,
  );
  return html`<div class="output" tabindex="0" role="region" aria-labelledby="output"><ol>${items}</ol></div>
<p class="quiet">The last ${lines.length} lines, times in UTC. All of them, as they come: <code>sudo muster logs -f ${name}</code></p>`;
}
