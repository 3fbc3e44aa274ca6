import type { Facts } from '../../../shared/protocol/facts.ts';
import type { HostStatus, LogPage, Status, StatusPage } from '../../../shared/protocol/status.ts';
import { type StepId, stepsOf } from '../../../shared/steps/catalogue.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { sampleFacts } from '../../agent/samples.ts';

export const now = '2026-03-04T12:05:00.000Z';

const before = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString();

/** A status as the coordinator returns it, with one host of each kind that is shown differently. */
export function sampleStatus(changes: Partial<Status> = {}): Status {
  return {
    cluster: {
      name: 'demo',
      kubernetesVersion: '1.23.0',
      summary: verbatim('1 of 4 nodes Ready; node01 is installing packages, 48 s'),
      caSha256: 'c'.repeat(64),
      unplannedNodes: [],
    },
    coordinator: { url: 'https://192.168.0.130:7443', version: '0.1.0', certificateSha256: 'ab'.repeat(32), now },
    planProblems: [],
    hosts: [master01(), node01(), node02(), node03()],
    ...changes,
  };
}

/** The status as one page that has all of its hosts. */
export function asPage(status: Status): StatusPage {
  const { hosts } = status;
  const phases: StatusPage['page']['phases'] = {};
  for (const { phase } of hosts) phases[phase] = (phases[phase] ?? 0) + 1;
  const readyNodes = hosts.filter(({ node }) => node?.ready === true).length;
  return { ...status, page: { total: hosts.length, matching: hosts.length, phases, readyNodes, next: null } };
}

/** A planned host that was never seen. */
export function plannedHost(name: string, address: string): HostStatus {
  return {
    name,
    address,
    role: 'worker',
    phase: 'planned',
    summary: verbatim('not enrolled yet'),
    remedy: verbatim(''),
    enrolledAt: null,
    readyAt: null,
    lastContactAt: null,
    secondsSinceContact: null,
    clockSkewSeconds: null,
    agentVersion: null,
    stepsDone: 0,
    stepsTotal: 15,
    steps: steps('join', 0),
    findings: [],
    facts: null,
    node: null,
    diagnosis: null,
    explanation: { en: '', zh: '' },
  };
}

function enrolled(name: string, address: string): HostStatus {
  return {
    ...plannedHost(name, address),
    enrolledAt: before(300),
    lastContactAt: before(2),
    secondsSinceContact: 2,
    clockSkewSeconds: 0,
    agentVersion: '0.1.0',
    facts: facts(name, address),
  };
}

export function master01(): HostStatus {
  return {
    ...enrolled('master01', '192.168.0.130'),
    role: 'control-plane',
    phase: 'ready',
    summary: verbatim('Ready for 1 min 12 s'),
    stepsDone: 18,
    stepsTotal: 18,
    steps: steps('init', 18),
    findings: [finding('memory', 'ok', '4.0 GiB', '1.7 GiB')],
    node: {
      name: 'master01',
      ready: true,
      reason: '',
      kubeletVersion: 'v1.23.0',
      runtimeVersion: 'docker://20.10.24',
      labels: { 'kubernetes.io/hostname': 'master01', 'node-role.kubernetes.io/control-plane': '', disk: 'ssd' },
      taints: [],
    },
  };
}

function node01(): HostStatus {
  const done = steps('join', stepsBefore('packages'));
  const running = done.find(({ id }) => id === 'packages');
  if (running) Object.assign(running, { state: 'applying', startedAt: before(48), message: 'Setting up kubeadm…' });
  return {
    ...enrolled('node01', '192.168.0.131'),
    phase: 'preparing',
    summary: verbatim('installing packages, 48 s'),
    stepsDone: 8,
    steps: done,
    findings: [
      { ...finding('swap-off', 'warning', '/dev/sda2 is in use', 'no swap'), mends: true },
      finding('memory', 'warning', '1.9 GiB', '2 GiB'),
    ],
  };
}

function node02(): HostStatus {
  return {
    ...enrolled('node02', '192.168.0.132'),
    phase: 'blocked',
    summary: verbatim('blocked: port 10250 is in use'),
    stepsDone: 0,
    findings: [finding('ports', 'error', 'k3s listens on 10250', 'nothing on 10250', 'systemctl disable --now k3s')],
  };
}

function node03(): HostStatus {
  return {
    ...enrolled('node03', '192.168.0.133'),
    phase: 'silent',
    summary: verbatim('no contact for 4 min 10 s; it was pulling images'),
    remedy: verbatim('systemctl status muster-agent   # on node03'),
    stepsDone: 11,
    steps: steps('join', stepsBefore('images')),
    secondsSinceContact: 250,
    lastContactAt: before(250),
  };
}

export function sampleLogs(text = 'Setting up kubelet (1.23.0-00) ...'): LogPage {
  return { lines: [1, 2, 3].map((seq) => ({ seq, at: before(60 - seq), step: 'packages', text: `${text} ${seq}` })) };
}

/** The number of steps before that one on a joining host. */
const stepsBefore = (step: StepId) => stepsOf('join', 'worker').findIndex(({ id }) => id === step);

function steps(bootstrap: 'init' | 'join', done: number): HostStatus['steps'] {
  return stepsOf(bootstrap, bootstrap === 'init' ? 'control-plane' : 'worker').map(({ id, title }, index) => ({
    id,
    title: title.en,
    state: index < done ? 'done' : 'pending',
    startedAt: index < done ? before(290 - index * 10) : null,
    endedAt: index < done ? before(285 - index * 10) : null,
    attempts: index < done ? 1 : 0,
    message: '',
    remedy: '',
  }));
}

function finding(
  id: string,
  level: HostStatus['findings'][number]['level'],
  seen: string,
  needed: string,
  command = '',
): HostStatus['findings'][number] {
  const texts = { seen: verbatim(seen), needed: verbatim(needed), remedy: verbatim('') };
  return { id, level, ...texts, command, mends: false, lowered: null };
}

function facts(hostname: string, address: string): Facts {
  return sampleFacts({
    hostname,
    memoryBytes: 4 * 2 ** 30,
    disks: [{ mount: '/', sizeBytes: 40 * 2 ** 30, freeBytes: 31 * 2 ** 30 }],
    addresses: [{ interface: 'eth0', address, mac: '52:54:00:00:00:01', family: 'ipv4' }],
    runtimes: [{ name: 'docker', version: '20.10.24', active: true, cgroupDriver: 'systemd' }],
    packages: { kubelet: '1.23.0-00' },
    hostnameAddresses: [address],
  });
}
