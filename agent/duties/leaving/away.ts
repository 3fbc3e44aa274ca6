import { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { Host } from '../../host/host.ts';
import type { KubeClient } from '../../kube/client.ts';

const collection = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
const name = 'muster-control-plane-away';
const path = `${collection}/${name}`;
/** After this time the control plane that did not come back no longer holds up the others, in seconds. */
const durationSeconds = 3600;

const leaseSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional() }),
  spec: z
    .object({
      holderIdentity: z.string().nullish(),
      acquireTime: z.string().nullish(),
      renewTime: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
    })
    .default({}),
});
type Lease = z.infer<typeof leaseSchema>;

/**
 * Takes or renews the Lease, which names the only control plane that an operation may take out of the
 * cluster. Throws MusterError `control-plane-away` while another one holds it.
 */
export async function holdAway(host: Pick<Host, 'now'>, client: KubeClient, name: string): Promise<void> {
  const lease = await read(client);
  const holder = lease?.spec.holderIdentity ?? '';
  if (lease !== null && holder !== '' && holder !== name && !isOver(lease, host.now())) throw away(lease, holder);
  const now = microTime(host.now());
  const since = holder === name ? (lease?.spec.acquireTime ?? now) : now;
  const spec = {
    ...{ holderIdentity: name, acquireTime: since, renewTime: now },
    leaseDurationSeconds: durationSeconds,
  };
  await write(client, lease, spec);
}

/** Releases the Lease. Does nothing unless this control plane holds it. */
export async function releaseAway(client: KubeClient, name: string): Promise<void> {
  const lease = await read(client);
  if (lease?.spec.holderIdentity === name) await write(client, lease, {});
}

async function read(client: KubeClient): Promise<Lease | null> {
  const found = await client.get(path);
  return found === null ? null : leaseSchema.parse(found);
}

/** Throws MusterError `kube-refused` with status 409 if another agent was faster; the duty is tried again. */
async function write(client: KubeClient, before: Lease | null, spec: object): Promise<void> {
  const { resourceVersion } = before?.metadata ?? {};
  const metadata = { name, namespace: 'kube-system', ...(resourceVersion === undefined ? {} : { resourceVersion }) };
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
  await (before === null ? client.create(collection, lease) : client.replace(path, lease));
}

function isOver({ spec: { renewTime, leaseDurationSeconds } }: Lease, now: Date): boolean {
  const renewed = Date.parse(renewTime ?? '');
  return !(now.getTime() < renewed + (leaseDurationSeconds ?? durationSeconds) * 1000);
}

const away = ({ spec }: Lease, holder: string) =>
  new MusterError('control-plane-away', { host: holder, since: spec.acquireTime ?? spec.renewTime ?? '' });

/** The API server requires six digits. */
const microTime = (at: Date): string => at.toISOString().replace(/Z$/, '000Z');
