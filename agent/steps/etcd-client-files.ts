import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import { hostFile } from '../../shared/plan/patterns.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';

/** The client files of an external etcd that kubeadm join brings to this host; those of the operator are not listed. */
const record = `${agentPaths.state}/etcd-client-files`;
const schema = z.array(z.string().regex(hostFile)).max(3);

/** Notes which files are not there before a join. */
export async function noteClientFiles(host: Host, settings: ClusterSettings): Promise<void> {
  const external = externalEtcd(settings);
  if (external === null) return;
  const paths = [external.caFile, external.certFile, external.keyFile];
  const there = await Promise.all(paths.map((path) => host.exists(path)));
  const missing = paths.filter((_, index) => !there[index]);
  if (missing.length > 0) await host.writeFile(record, `${JSON.stringify(missing)}\n`, { mode: 0o600 });
}

/**
 * Deletes, without a record of the content, what a join brought, once the host is no longer a control plane: its key
 * reads every Secret.
 */
export async function removeClientFiles(host: Host): Promise<void> {
  const paths = schema.safeParse(jsonOrUndefined((await host.readFile(record)) ?? '')).data ?? [];
  for (const path of paths) await host.removeTree(path);
  await host.removeFile(record);
}
