import { createHash } from 'node:crypto';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Report, StepResult } from '../../shared/protocol/report.ts';
import { type StepId, stepsOf } from '../../shared/steps/catalogue.ts';
import {
  type Answer,
  bearer,
  enrolRequest,
  facts,
  node,
  report,
  secret,
  step,
  type TestCoordinator,
} from '../coordinator/support.ts';

/** One control plane and `workers` workers, at 10.77.0.0/16. */
export function fleetPlan(workers: number): string {
  const lines = Array.from({ length: workers }, (_, index) => {
    return `  - {name: ${workerName(index)}, address: ${workerAddress(index)}, role: worker}`;
  });
  return `cluster: demo
kubernetes:
  version: 1.23.0
  packages: aliyun
runtime: docker
network:
  podSubnet: 10.128.0.0/9
  plugin: {calico: v3.24.1}
hosts:
  - {name: master01, address: 10.77.0.1, role: control-plane}
${lines.join('\n')}
`;
}

/** node01, node02 … */
export function workerName(index: number): string {
  return `node${String(index + 1).padStart(2, '0')}`;
}

export function workerAddress(index: number): string {
  return `10.77.${1 + Math.floor(index / 250)}.${(index % 250) + 1}`;
}

/** A simulated agent: enrolled, and reporting what it is given. */
export interface SimulatedAgent {
  name: string;
  address: string;
  bootstrap: 'init' | 'join';
  send: (more: Partial<Report>) => Promise<Answer>;
  /** Contact without a report; `bootId` makes it another machine. */
  poll: (bootId?: string) => Promise<Answer>;
}

/** Enrols the control plane and `workers` workers as their agents would. */
export async function enrolFleet(coordinator: TestCoordinator, workers: number): Promise<SimulatedAgent[]> {
  const agents = [await enrol(coordinator, 'master01', '10.77.0.1', 'init')];
  for (let from = 0; from < workers; from += 50) {
    const some = Array.from({ length: Math.min(50, workers - from) }, (_, index) => from + index);
    const enrolled = some.map((index) => enrol(coordinator, workerName(index), workerAddress(index), 'join'));
    agents.push(...(await Promise.all(enrolled)));
  }
  return agents;
}

async function enrol(
  coordinator: TestCoordinator,
  name: string,
  address: string,
  bootstrap: 'init' | 'join',
): Promise<SimulatedAgent> {
  const token = await coordinator.token({ host: name });
  const { credential, credentialSha256 } = secret();
  const body = enrolRequest({ credentialSha256, addresses: [address], hostname: name });
  const answer = await coordinator.ask('/v1/enrol', { body, headers: bearer(token) });
  if (answer.status !== 200) throw new Error(answer.text);
  const headers = bearer(credential);
  return {
    name,
    address,
    bootstrap,
    async send(more) {
      const sent = await coordinator.ask('/v1/reports', { headers, body: report(name, more) });
      if (sent.status !== 204) throw new Error(sent.text);
      return sent;
    },
    poll: (bootId) =>
      coordinator.ask('/v1/target?wait=0', {
        headers: { ...headers, ...(bootId === undefined ? {} : { 'x-muster-boot-id': bootId }) },
      }),
  };
}

/** Steps up to `current`, which is `last`; the ones before are done, each after `seconds`. */
export function stepsUpTo(
  bootstrap: 'init' | 'join',
  current: StepId | null,
  last: Partial<StepResult> = {},
  { seconds = 4, endedAt = Date.now() - 20_000 } = {},
): StepResult[] {
  const all = stepsOf(bootstrap, bootstrap === 'init' ? 'control-plane' : 'worker').map(({ id }) => id);
  const at = current === null ? all.length : all.indexOf(current);
  return all.map((id, index) => {
    if (index > at) return step(id, 'pending');
    if (index === at) return step(id, 'applying', { startedAt: new Date(endedAt).toISOString(), ...last });
    const end = endedAt - (at - index - 1) * seconds * 1000;
    const started = new Date(end - seconds * 1000).toISOString();
    return step(id, 'done', { startedAt: started, endedAt: new Date(end).toISOString(), attempts: 1 });
  });
}

/** The report of a Ready host. */
export function readyReport({ name, address, bootstrap }: SimulatedAgent): Partial<Report> {
  return {
    facts: factsOf(name, address),
    findings: [],
    steps: stepsUpTo(bootstrap, null),
    node: node(name),
  };
}

export function factsOf(name: string, address: string) {
  return {
    ...facts(),
    hostname: name,
    hostnameAddresses: [address],
    machineId: createHash('md5').update(name).digest('hex'),
    addresses: [{ interface: 'eth0', address, mac: macOf(address), family: 'ipv4' as const }],
  };
}

/** 52:54:0a:4d:01:02 for 10.77.1.2. */
function macOf(address: string): string {
  const digits = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return ['52', '54', ...digits].join(':');
}

export function portTaken(): Finding {
  return {
    id: 'ports',
    level: 'error',
    seen: { en: 'k3s listens on 10250', zh: 'k3s 正在监听 10250' },
    needed: { en: 'nothing on 10250', zh: '10250 端口空闲' },
    remedy: { en: 'Stop k3s', zh: '停止 k3s' },
    command: 'systemctl disable --now k3s',
    mends: false,
    lowered: null,
  };
}

/** The progress text of a worker at this step. */
export function doneAt(id: StepId): string {
  const steps = stepsOf('join', 'worker');
  return `${steps.findIndex((step) => step.id === id)}/${steps.length}`;
}

/** The first is Ready, the second installs packages, which print `printed`, and the third is blocked by a finding. */
export async function reportEachState(agents: readonly SimulatedAgent[], printed: string): Promise<void> {
  const [master, first, second] = agents;
  if (master === undefined || first === undefined || second === undefined) throw new Error('no agents');
  await master.send(readyReport(master));
  await first.send({
    facts: factsOf(first.name, first.address),
    findings: [],
    steps: stepsUpTo('join', 'packages', { message: printed }),
    output: [{ at: new Date().toISOString(), step: 'packages', text: `Setting up kubelet ${printed}` }],
  });
  await second.send({
    facts: factsOf(second.name, second.address),
    findings: [portTaken()],
    steps: stepsUpTo('join', 'host-name', { state: 'pending', startedAt: null }),
  });
}
