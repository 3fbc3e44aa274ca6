import { MusterError, textOf } from '../../shared/errors/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Duty, DutyEnd, DutyProgress } from '../../shared/protocol/duty.ts';
import { type EtcdAt, memberAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { type KubeClient, kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { cordonNode } from './cordon-node.ts';
import { drainNode } from './drain-node.ts';
import { deleteJoinCredential, mintJoinCredential } from './join-credential.ts';
import { labelNode } from './label-node.ts';
import { releaseAway } from './leaving/away.ts';
import { deleteNode } from './leaving/delete-node.ts';
import { removeMemberOf, stepAside } from './leaving/remove-member.ts';

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

/** Duties that take away only what a plan has named. */
const removing: readonly Duty['type'][] = ['step-aside', 'remove-member', 'delete-node'];

/**
 * Performs one duty with this control plane's admin.conf. Never rejects: failures and aborts are results. Duties are
 * idempotent, except that every mint creates a new token.
 */
export async function performDuty(host: Host, duty: Duty, means: DutyMeans): Promise<DutyEnd> {
  const { assignment, isKnown } = means;
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) throw new MusterError('no-admin-conf', { path: adminConf });
    if (assignment === null) throw new MusterError('not-assigned');
    if ('host' in duty && removing.includes(duty.type) && !isKnown(duty.host)) {
      throw new MusterError('node-not-planned', { host: duty.host });
    }
    return { outcome: 'done', ...(await perform({ ...means, host, client, assignment }, duty)) };
  } catch (error) {
    return { outcome: 'failed', message: textOf(error) };
  }
}

interface Work extends DutyMeans {
  host: Host;
  client: KubeClient;
  assignment: Assignment;
}

/** Resolves with what the result carries. Throws MusterError. */
async function perform(work: Work, duty: Duty): Promise<object> {
  const { host, client, assignment, signal, etcdAt = memberAt(host), log = silentLogger() } = work;
  const { tell = async () => undefined } = work;
  const warn = (message: string) => log.warn(message);
  const place = { host, client, etcdAt, settings: assignment.settings, signal, warn };
  switch (duty.type) {
    case 'mint-join-credential':
      return mintJoinCredential({ ...place, assignment }, duty);
    case 'approve-certificate': {
      // Imported on demand: workers do not need the memory that the ASN.1 library takes.
      const { approveCertificate } = await import('./approve-certificate.ts');
      await approveCertificate({ host, client, assignment, log, signal }, duty);
      break;
    }
    case 'delete-join-credential':
      await deleteJoinCredential({ ...place, assignment }, duty);
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
    case 'step-aside':
      await stepAside(place, duty.host);
      break;
    case 'step-back':
      await releaseAway(client, duty.host);
      break;
    case 'remove-member':
      await removeMemberOf(place, duty.host);
      break;
    case 'delete-node':
      await deleteNode(place, duty.host);
      break;
  }
  return {};
}
