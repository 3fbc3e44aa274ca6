import type { Facts } from '../../../shared/protocol/facts.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { type Html, html } from '../html.ts';

/** What the agent saw of its host, the parts that a person asks about. */
export function factList(host: HostStatus): Html {
  if (host.facts === null) return html`<p class="quiet">This host has not reported yet.</p>`;
  const { facts, node } = host;
  const rows: [string, string][] = [
    ['System', facts.os.prettyName],
    ['Kernel', `${facts.kernel}, ${facts.arch}`],
    ['Machine', facts.virtualization ?? 'unknown'],
    ['Processors', String(facts.cpuCount ?? 'unknown')],
    ['Memory', size(facts.memoryBytes)],
    [
      'Disks',
      facts.disks.map((disk) => `${disk.mount}: ${size(disk.freeBytes)} of ${size(disk.sizeBytes)} free`).join('; '),
    ],
    [
      'Addresses',
      facts.addresses
        .filter(({ family }) => family === 'ipv4')
        .map(({ address }) => address)
        .join(', '),
    ],
    ['Swap', facts.swap.devices.length === 0 ? 'off' : facts.swap.devices.join(', ')],
    ['Control groups', `version ${facts.cgroup.version}`],
    ['Runtime', runtimes(facts)],
    ['kubelet', node?.kubeletVersion ?? facts.packages.kubelet ?? 'not installed'],
    ['Labels', labels(node?.labels ?? {})],
    ['Agent', host.agentVersion ?? 'unknown'],
    ['Enrolled', host.enrolledAt?.replace(/T(.{8}).*/, ' $1 UTC') ?? 'not yet'],
  ];
  return html`<dl class="facts">${rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function runtimes({ runtimes }: Facts): string {
  const installed = runtimes.filter((runtime) => runtime.version !== null);
  return installed
    .map((runtime) => `${runtime.name} ${runtime.version}${runtime.active ? '' : ', not running'}`)
    .join('; ');
}

/** Those that someone chose; the ones that every node carries say nothing. */
function labels(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .filter(([key]) => !/^(beta\.)?kubernetes\.io\//.test(key))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join(', ');
}

/** Bytes as GiB, one decimal. */
function size(bytes: number | null): string {
  return bytes === null ? 'unknown' : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
