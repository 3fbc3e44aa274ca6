import { MusterError, textOf } from '../../shared/errors/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Duty, DutyEnd, DutyProgress } from '../../shared/protocol/duty.ts';
import { type EtcdAt, memberAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { cordonNode } from './cordon-node.ts';
import { drainNode } from './drain-node.ts';
import { deleteJoinCredential, mintJoinCredential } from './join-credential.ts';
import { labelNode } from './label-node.ts';
import { deleteWorkerNode } from './worker-node.ts';

export interface DutyMeans {
  signal: AbortSignal;
  /** This control plane's own assignment, which a duty must agree with; null: none. */
  assignment: Assignment | null;
  /** Whether a plan has named this host. */
  isKnown: (host: string) => boolean;
  /** A client of etcd at an address; default: the member there. */
  etcdAt?: EtcdAt;
  log?: Pick<Logger, 'warn'>;
  /** Reports the progress of a long duty. */
  tell?: (progress: DutyProgress) => Promise<void>;
}

/**
 * Performs one duty with this control plane's admin.conf. Never rejects: failures and aborts are results. Duties are
 * idempotent, except that every mint creates a new token.
 */
export async function performDuty(host: Host, duty: Duty, means: DutyMeans): Promise<DutyEnd> {
  const {
    signal,
    assignment,
    isKnown,
    etcdAt = memberAt(host),
    log = silentLogger(),
    tell = async () => undefined,
  } = means;
  const warn = (message: string) => log.warn(message);
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) throw new MusterError('no-admin-conf', { path: adminConf });
    if (assignment === null) throw new MusterError('not-assigned');
    switch (duty.type) {
      case 'mint-join-credential':
        return {
          outcome: 'done',
          ...(await mintJoinCredential({ host, client, etcdAt, assignment, signal, warn }, duty)),
        };
      case 'approve-certificate': {
        // Imported on demand: workers do not need the memory that the ASN.1 library takes.
        const { approveCertificate } = await import('./approve-certificate.ts');
        await approveCertificate({ host, client, assignment, log, signal }, duty);
        break;
      }
      case 'delete-join-credential':
        await deleteJoinCredential({ host, client, etcdAt, assignment, signal, warn }, duty);
        break;
      case 'label-node':
        await labelNode(client, duty);
        break;
      case 'cordon-node':
        await cordonNode(client, duty);
        break;
      case 'drain-node':
        await drainNode({ host, client, signal, tell }, duty.host);
        break;
      case 'delete-node':
        if (!isKnown(duty.host)) throw new MusterError('node-not-planned', { host: duty.host });
        await deleteWorkerNode(client, duty.host);
        break;
    }
    return { outcome: 'done' };
  } catch (error) {
    return { outcome: 'failed', message: textOf(error) };
  }
}
