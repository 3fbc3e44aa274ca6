import { hostAndPort, isLoopback, isPort } from '../host.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { clusterSubnetsWith } from './cluster-subnets.ts';
import { valueAt } from './components/decided.ts';

const root: Path = ['etcd', 'external'];
const local = ['clusterConfiguration', 'etcd', 'local'];
const files = ['caFile', 'certFile', 'keyFile'] as const;
/** Folders that a reset of Kubernetes, or a restart, empties. */
const emptied = ['/etc/kubernetes', '/var/lib/etcd', '/var/lib/kubelet', '/run', '/var/run', '/tmp'];

/** Requires members that every control plane reaches, and client files that outlive a reset. */
export function checkEtcd(plan: PartialPlan, report: Report): void {
  const { etcd, kubernetes } = plan;
  if (typeof etcd !== 'object') return;
  checkEndpoints(plan, etcd.external?.endpoints ?? [], report);
  for (const [index, name] of files.entries()) {
    const path = etcd.external?.[name];
    if (path === undefined) continue;
    const folder = emptied.find((one) => path.startsWith(`${one}/`));
    if (folder !== undefined) report([...root, name], 'etcd-file-removed', { folder });
    const other = files.slice(0, index).find((one) => etcd.external?.[one] === path);
    if (other !== undefined) report([...root, name], 'etcd-file-repeated', { other });
  }
  if (valueAt(kubernetes?.components, local) !== undefined) {
    report(['kubernetes', 'components', ...local], 'etcd-local-with-external');
  }
}

function checkEndpoints(plan: PartialPlan, endpoints: readonly (string | undefined)[], report: Report): void {
  const count = endpoints.length;
  for (const [index, endpoint] of endpoints.entries()) {
    if (endpoint === undefined) continue;
    const path = [...root, 'endpoints', index];
    const first = endpoints.indexOf(endpoint);
    if (first !== index) report(path, 'etcd-endpoint-repeated', { first });
    else checkEndpoint(plan, endpoint, path, report);
  }
  if (count === 0 || count % 2 === 1) return;
  report([...root, 'endpoints'], 'etcd-endpoints-even', { count, fewer: count - 1, tolerated: count / 2 - 1 });
}

function checkEndpoint({ network }: PartialPlan, endpoint: string, path: Path, report: Report): void {
  const { host, port } = hostAndPort(endpoint);
  if (!isPort(port)) report(path, 'etcd-endpoint-invalid');
  if (isLoopback(host)) report(path, 'etcd-endpoint-loopback');
  for (const { title, subnet } of clusterSubnetsWith(host, network)) {
    report(path, `address-in-${title}-subnet`, { subnet });
  }
}
