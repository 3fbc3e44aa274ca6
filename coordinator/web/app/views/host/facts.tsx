import { cgroupName } from '../../../../../shared/preflight/kernel/cgroup-name.ts';
import type { Facts as HostFacts } from '../../../../../shared/protocol/facts.ts';
import type { HostDetails } from '../../../../../shared/protocol/stream.ts';
import { Skeleton } from '../../parts/notice.tsx';
import { language } from '../../state/preferences.ts';
import { dateTime, t } from '../../text/index.ts';

/** The main facts of the host. */
export function Facts({ host }: { host: HostDetails | null }) {
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t().host.facts}</h2>
      {host === null ? <Skeleton rows={3} /> : host.facts === null ? <p class="quiet">{t().host.noFacts}</p> : null}
      {host?.facts && (
        <dl class="facts">
          {rowsOf(host, host.facts)
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      )}
    </section>
  );
}

function rowsOf({ node, agentVersion, enrolledAt }: HostDetails, facts: HostFacts): [string, string][] {
  const text = t().facts;
  const ipv4 = facts.addresses.filter(({ family }) => family === 'ipv4').map(({ address }) => address);
  const disks = facts.disks.map((disk) => `${disk.mount} ${text.free(size(disk.freeBytes), size(disk.sizeBytes))}`);
  return [
    [text.system, facts.os.prettyName],
    [text.kernel, `${facts.kernel}, ${facts.arch}`],
    [text.machine, facts.virtualization ?? text.unknown],
    [text.processors, String(facts.cpuCount ?? text.unknown)],
    [text.memory, facts.memoryBytes === null ? text.unknown : size(facts.memoryBytes)],
    [text.disks, disks.join('\n')],
    [text.addresses, ipv4.join(', ')],
    [text.swap, facts.swap.devices.length === 0 ? text.off : facts.swap.devices.join(', ')],
    [text.cgroup, cgroupName[facts.cgroup.version][language.value]],
    [text.runtime, runtimes(facts)],
    [text.kubelet, node?.kubeletVersion ?? facts.packages.kubelet ?? text.notInstalled],
    [text.labels, labels(node?.labels ?? {})],
    [
      text.taints,
      (node?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).join('\n'),
    ],
    [text.agent, agentVersion ?? text.unknown],
    [text.enrolled, enrolledAt === null ? '' : dateTime(Date.parse(enrolledAt))],
  ];
}

function runtimes({ runtimes }: HostFacts): string {
  return runtimes
    .filter(({ version }) => version !== null)
    .map(({ name, version, active }) => `${name} ${version}${active ? '' : `, ${t().facts.notRunning}`}`)
    .join('\n');
}

/** Labels that users set; the standard labels of every node are omitted. */
function labels(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .filter(([key]) => !/^(beta\.)?kubernetes\.io\//.test(key))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join('\n');
}

/** Bytes as GiB, one decimal. */
function size(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
