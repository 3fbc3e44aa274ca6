import ipaddr from 'ipaddr.js';
import { bindPort } from '../../kubeadm/ports.ts';
import { defaultPort } from '../../paths.ts';
import { readEndpoint } from '../endpoint.ts';
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
    else if (endpoint.managed && isTaken(endpoint.port)) report(path, 'endpoint-port-taken', { port: endpoint.port });
  }
  checkCoordinatorPort(plan, bindPort({ endpoint }), report);
}

function checkCoordinatorPort({ coordinator, hosts = [] }: PartialPlan, apiPort: number, report: Report): void {
  const address = coordinator?.address;
  const shared = hosts.some((host) => host?.role === 'control-plane' && host.address === (address ?? host.address));
  const port = coordinator?.port ?? defaultPort;
  if (!shared) return;
  const at = coordinator?.port === undefined ? path : ['coordinator', 'port'];
  if (port === apiPort || kubernetesPorts.includes(port)) report(at, 'coordinator-port-taken', { port });
  else if (isNodePort(port)) report(at, 'coordinator-port-in-node-ports', { port });
}

const isTaken = (port: number) => kubernetesPorts.includes(port) || isNodePort(port);
/** The range of NodePort services, which kube-proxy redirects. */
const isNodePort = (port: number) => port >= 30_000 && port <= 32_767;
