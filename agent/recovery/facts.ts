import type { Facts } from '../../shared/protocol/facts.ts';
import { etcdManifest, etcdPod } from '../etcd/pod.ts';
import type { HostView } from '../host/host.ts';
import { dataAside, databaseOf, manifestsAside } from './folders.ts';
import { isBefore, type RecoveryState, readRecovery } from './state.ts';

/** The newest order to restore etcd, and what it has moved; null: none. */
export async function recoveryFacts(host: HostView): Promise<Facts['recovery']> {
  const found = await readRecovery(host);
  if (found === null) return null;
  const { id, state, at, message } = found;
  return { id, state, at, message, kept: await keptFacts(host, found) };
}

async function keptFacts(host: HostView, { stage, kept }: RecoveryState) {
  if (kept === undefined) return null;
  const read = (path: string) => etcdPod(host, path).catch(() => null);
  const pod = (await read(etcdManifest)) ?? (await read(`${manifestsAside(kept.id)}/etcd.yaml`));
  if (pod === null) return null;
  const isMoved = await host.exists(databaseOf(dataAside(pod, kept.id)));
  const hasData = isMoved || (isBefore(stage, 'aside') && (await host.exists(databaseOf(pod.dataFolder))));
  return { hasData, revision: kept.revision };
}
