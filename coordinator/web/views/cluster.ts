import type { HostStatus, Status } from '../../../shared/protocol/status.ts';
import { roleTitle } from '../../../shared/steps/catalogue.ts';
import { type Html, html } from '../html.ts';
import { currentStep, duration, lastContact, phaseText, phaseTone, stepSeconds } from '../words.ts';
import { attention, needsAttention } from './findings.ts';
import { command, pill, type View } from './layout.ts';

/** The first page: the cluster in one sentence, what needs a person, and a row per host. */
export function clusterMain(status: Status): View {
  const { cluster, hosts } = status;
  const ready = hosts.filter((host) => host.phase === 'ready').length;
  return {
    title: `${ready}/${hosts.length} Ready · ${cluster.name}`,
    main: html`<main id="main">
<section class="hero">
<p class="eyebrow">Kubernetes ${cluster.kubernetesVersion}</p>
<h1>${cluster.name}</h1>
<p class="sentence">${cluster.summary}</p>
<p class="spoken" role="status" aria-live="polite">${spoken(hosts, ready)}</p>
${hosts.length > 0 && meter(hosts, ready)}
</section>
${notices(status.notices ?? [])}
${planProblems(status.planProblems)}
${hosts.every((host) => host.enrolledAt === null) && firstSteps()}
${attentionSection(hosts)}
${hosts.length > 0 && table(status)}
${unplanned(cluster.unplannedNodes)}
${footer(status)}
</main>`,
  };
}

function meter(hosts: readonly HostStatus[], ready: number): Html {
  const segments = hosts.map(
    (host) => html`<span class="${phaseTone(host.phase)}" title="${host.name}: ${phaseText(host.phase)}"></span>`,
  );
  return html`<div class="meter" role="img" aria-label="${ready} of ${hosts.length} hosts Ready">${segments}</div>`;
}

function notices(all: NonNullable<Status['notices']>): Html | null {
  if (all.length === 0) return null;
  return html`<section class="notice bad" aria-labelledby="notices">
<h2 id="notices">The coordinator needs you</h2>
${all.map((one) => html`<p>${one.text.en}</p>${one.command !== '' && command(one.command)}`)}
</section>`;
}

function planProblems(problems: readonly string[]): Html | null {
  if (problems.length === 0) return null;
  return html`<section class="notice bad" aria-labelledby="plan">
<h2 id="plan">The plan file has problems; the last good plan stays in force</h2>
<ul>${problems.map((problem) => html`<li><code>${problem}</code></li>`)}</ul>
<p>Mend the file; the coordinator reads it again by itself. To check it beforehand:</p>
${command('muster plan check /etc/muster/cluster.yaml')}
</section>`;
}

function firstSteps(): Html {
  return html`<section class="notice" aria-labelledby="first">
<h2 id="first">No host has reported yet</h2>
<p>On the coordinator’s host, print the line for all workers, and one for each control plane; paste them on the hosts, in any order:</p>
${command('sudo muster token create --workers')}
${command('sudo muster token create HOST')}
</section>`;
}

/** Changes only when a host's phase does. */
function spoken(hosts: readonly HostStatus[], ready: number): string {
  const stuck = hosts.filter((host) => phaseTone(host.phase) === 'bad');
  return [
    `${ready} of ${hosts.length} hosts Ready`,
    ...stuck.map((host) => `${host.name}: ${phaseText(host.phase)}`),
  ].join('; ');
}

/** Those that are stuck first, then those with warnings. */
function attentionSection(hosts: readonly HostStatus[]): Html | null {
  const troubled = hosts.filter(needsAttention);
  if (troubled.length === 0) return null;
  const stuck = troubled.filter((host) => phaseTone(host.phase) === 'bad');
  const ordered = [...stuck, ...troubled.filter((host) => !stuck.includes(host))];
  return html`<section aria-labelledby="attention">
<h2 id="attention">Needs attention</h2>
<div class="cards">${ordered.map(
    (host) => html`<article class="card">
<h3><a href="/hosts/${host.name}">${host.name}</a> ${pill(phaseTone(host.phase), phaseText(host.phase))}</h3>
${attention(host)}
</article>`,
  )}</div>
</section>`;
}

/** The roles are spelled out because the phone's layout takes the table's own away. */
function table({ hosts, coordinator }: Status): Html {
  return html`<section aria-labelledby="hosts">
<h2 id="hosts">Hosts</h2>
<table role="table">
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Host</th><th role="columnheader" scope="col">Phase</th>
<th role="columnheader" scope="col">Progress</th><th role="columnheader" scope="col">Doing now</th>
<th role="columnheader" scope="col">Last contact</th>
</tr></thead>
<tbody role="rowgroup">${hosts.map((host) => row(host, coordinator.now))}</tbody>
</table>
</section>`;
}

function row(host: HostStatus, now: string): Html {
  return html`<tr role="row">
<th role="rowheader" scope="row"><a href="/hosts/${host.name}">${host.name}</a><span class="quiet">${roleTitle[host.role].en} · ${host.address}</span></th>
<td role="cell">${pill(phaseTone(host.phase), phaseText(host.phase))}</td>
<td role="cell" class="progress"><progress class="${phaseTone(host.phase)}" value="${host.stepsDone}" max="${Math.max(1, host.stepsTotal)}" aria-label="Steps done on ${host.name}"></progress>
<span class="number">${host.stepsDone}/${host.stepsTotal}</span></td>
<td role="cell">${doing(host, now)}</td>
<td role="cell" class="number contact">${lastContact(host)}</td>
</tr>`;
}

function doing(host: HostStatus, now: string): Html {
  if (host.phase === 'ready') return html`<span class="quiet">${versions(host)}</span>`;
  const step = currentStep(host);
  // The next step of a host that is stuck, and the last one of a host that is silent, are not what it is doing now.
  if (phaseTone(host.phase) === 'bad' || host.phase === 'planned' || step === undefined)
    return html`<span class="quiet">${host.summary}</span>`;
  const seconds = stepSeconds(step, now);
  const running = step.state === 'applying' && seconds !== null;
  return html`${step.title}${running && html` <span class="number quiet">${duration(seconds)}</span>`}
${step.message !== '' && html`<span class="quiet">${step.message}</span>`}`;
}

function versions({ node, summary }: HostStatus): string {
  return node === null ? summary : `kubelet ${node.kubeletVersion}, ${node.runtimeVersion}`;
}

function unplanned(nodes: Status['cluster']['unplannedNodes']): Html | null {
  if (nodes.length === 0) return null;
  return html`<section class="notice" aria-labelledby="unplanned">
<h2 id="unplanned">In the cluster, but not in the plan</h2>
<ul>${nodes.map((node) => html`<li>${node.name}: ${node.ready ? 'Ready' : 'not Ready'}, ${node.version}</li>`)}</ul>
</section>`;
}

function footer({ cluster, coordinator }: Status): Html {
  return html`<footer>
<dl>
<div><dt>muster</dt><dd>${coordinator.version}</dd></div>
<div><dt>Coordinator</dt><dd>${coordinator.url}</dd></div>
<div><dt>Certificate, SHA-256</dt><dd class="digest">${coordinator.certificateSha256}</dd></div>
${cluster.caSha256 !== null && html`<div><dt>Cluster’s CA, SHA-256</dt><dd class="digest">${cluster.caSha256}</dd></div>`}
</dl>
</footer>`;
}
