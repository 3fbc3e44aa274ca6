import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { isRecoveryPublicKey } from '../../shared/node/age.ts';
import { readIfThere } from '../../shared/node/files.ts';
import { sealText } from '../../shared/node/sealed-text.ts';
import { controlPlanesOf, hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { type CoordinatorKeys, keyNames } from '../../shared/protocol/coordinator-keys.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Store } from '../store/store.ts';

interface KeysContext {
  /** The coordinator's state folder. */
  state: string;
  store: Pick<Store, 'cluster'>;
  plan: Plan;
}

/**
 * The keys that all coordinators share, encrypted to the recipient that a control plane made for this request. Whoever
 * has them is a coordinator to all hosts, so only a planned control plane that holds the cluster gets them: it has the
 * power of root on every node already. Throws MusterError 403 `keys-not-for-host`, 503 `join-not-yet` for one that has not
 * reported yet that it does, 422 `invalid`.
 */
export async function sealKeys({ state, store, plan }: KeysContext, host: string, recipient: string): Promise<Buffer> {
  const isPlanned = controlPlanesOf(plan).length > 1 && hostNamed(plan, host)?.role === 'control-plane';
  if (!isPlanned) throw new MusterError('keys-not-for-host', { host });
  if (!store.cluster.members().includes(host)) throw new MusterError('join-not-yet', { reason: notReported(host) });
  if (!(await isRecoveryPublicKey(recipient))) throw new MusterError('invalid', { problems: 'recipient' });
  const files: CoordinatorKeys['files'] = {};
  for (const name of keyNames) {
    const content = await readIfThere(join(state, name));
    if (content !== null) files[name] = content;
  }
  return sealText(JSON.stringify({ files }), recipient);
}

const notReported = (host: string): LocalText => ({
  en: `${host} has not reported yet that it holds the cluster; required for the coordinator’s keys`,
  zh: `${host} 尚未上报其持有集群；这是获得协调器密钥的前提`,
});
