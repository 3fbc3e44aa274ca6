import ipaddr from 'ipaddr.js';
import { bindPort } from '../../kubeadm/ports.ts';
import { defaultPort } from '../../paths.ts';
import { readEndpoint } from '../endpoint.ts';
import { nodePorts, type PortRange } from '../node-ports.ts';
import { dnsName } from '../patterns.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

const path: Path = ['kubernetes', 'controlPlaneEndpoint'];

/** Ports that Kubernetes uses on a control plane, besides the API server's. */
export const kubernetesPorts = [2379, 2380, 2381, 10248, 10249, 10250, 10256, 10257, 10259];

/** Requires an endpoint that does not depend on one host, and a coordinator port that Kubernetes does not use. */
export function checkEndpoint(plan: PartialPlan, report: Report): void {
  const { kubernetes, hosts = [] } = plan;
  const written = kubernetes?.controlPlaneEndpoint;
  const endpoint = readEndpoint(written, plan.cluster ?? 'cluster');
  if (written !== undefined && endpoint.host !== '') {
    const names = hosts.flatMap((host) => host?.name ?? []);
    const addresses = hosts.flatMap((host) => host?.address ?? []);
    const at = typeof written === 'object' ? [...path, 'host'] : path;
    if (addresses.includes(endpoint.host) || names.includes(endpoint.host)) {
      report(at, 'endpoint-is-host');
    } else if (!dnsName.test(endpoint.host)) {
      report(at, 'endpoint-name-invalid');
    } else if (endpoint.managed && ipaddr.IPv4.isValidFourPartDecimal(endpoint.host)) {
      report(at, 'endpoint-address-managed');
    }
    if (endpoint.port < 1 || endpoint.port > 65_535) report(path, 'port-invalid');
    else if (endpoint.managed) checkApiPort(plan, endpoint.port, report);
  }
  checkCoordinatorPort(plan, bindPort({ endpoint }), report);
}

function checkApiPort({ kubernetes }: PartialPlan, port: number, report: Report): void {
  const { range, isWritten } = nodePorts(kubernetes?.components?.clusterConfiguration);
  if (kubernetesPorts.includes(port)) report(path, 'endpoint-port-taken', { port });
  // argument-values.ts reports a range of the plan's own.
  else if (!isWritten && isIn(range, port)) report(path, 'endpoint-port-in-node-ports', { port, range: textOf(range) });
}

function checkCoordinatorPort(plan: PartialPlan, apiPort: number, report: Report): void {
  const { coordinator, kubernetes, hosts = [] } = plan;
  const address = coordinator?.address;
  const shared = hosts.some((host) => host?.role === 'control-plane' && host.address === (address ?? host.address));
  if (!shared) return;
  const own: Path = ['coordinator', 'port'];
  const port = coordinator?.port ?? defaultPort;
  const { range } = nodePorts(kubernetes?.components?.clusterConfiguration);
  if (port === apiPort || kubernetesPorts.includes(port)) {
    report(coordinator?.port === undefined ? path : own, 'coordinator-port-taken', { port });
  } else if (isIn(range, port)) report(own, 'coordinator-port-in-node-ports', { port, range: textOf(range) });
}

const isIn = (range: PortRange | null, port: number): range is PortRange =>
  range !== null && port >= range.from && port <= range.to;
const textOf = ({ from, to }: PortRange) => `${from}-${to}`;
