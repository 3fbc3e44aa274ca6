import { X509Certificate } from 'node:crypto';
import { stringify } from 'yaml';
import { coordinatorObjects, coordinatorsGroup, coordinatorUser } from '../../shared/kube/coordinator-objects.ts';
import type { Kubeconfig } from '../../shared/kube/kubeconfig.ts';
import { coordinatorPaths } from '../../shared/paths.ts';
import { clientCertificate } from '../kube/client-certificate.ts';
import { adminConf, readKubeconfig } from '../kube/kubeconfig.ts';
import { writeFileAs } from '../machine/file-of-user.ts';
import { output } from '../machine/program.ts';
import { adminClient } from './api-server.ts';
import { changesOf } from './declared.ts';
import { misplaced, place } from './placed-objects.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const { kubeconfig: path, unit, user: owner } = coordinatorPaths;
const ownership = `${owner}:${owner} 600`;

/**
 * The only credential of a coordinator for Kubernetes: a client certificate for one Role in its own namespace. The key
 * is made here and stays on this host.
 */
export const coordinatorAccess: Step = {
  id: 'coordinator-access',

  async check(context) {
    if (!isWanted(context)) return { state: 'done' };
    const missing = await misplaced(await adminClient(context.host), coordinatorObjects);
    if (missing !== null) return todo(missing);
    const wrong = await wrongWithCredential(context);
    return wrong === null ? { state: 'done' } : todo(`${path}: ${wrong}`);
  },

  async apply(context) {
    if (!isWanted(context)) return;
    const { host, assignment, signal } = context;
    const client = await adminClient(host);
    await place(client, coordinatorObjects);
    if ((await wrongWithCredential(context)) === null) return;
    const subject = { user: coordinatorUser(assignment.host.name), group: coordinatorsGroup };
    const made = await clientCertificate({ client, host, signal }, subject);
    const admin = await readKubeconfig(host, adminConf);
    await writeFileAs(host, owner, path, kubeconfigText(admin?.server ?? '', client.caPem, made));
    await output(host, 'systemctl', ['start', unit]);
  },
};

const isWanted = (context: StepContext) => changesOf('coordinator-access', context).length > 0;

const todo = (seen: string): CheckResult => ({ state: 'todo', message: { en: seen, zh: seen } });

/** What is wrong with the coordinator's kubeconfig; null: nothing. */
async function wrongWithCredential({ host, assignment }: StepContext): Promise<string | null> {
  const [own, admin] = [await readKubeconfig(host, path).catch(() => null), await readKubeconfig(host, adminConf)];
  if (own?.client === undefined) return '-';
  if (own.server !== admin?.server || own.caPem.trim() !== admin.caPem.trim()) return own.server;
  const certificate = certificateOf(own.client.certPem);
  if (certificate === null) return '-';
  const wanted = `CN=${coordinatorUser(assignment.host.name)}`;
  if (!certificate.subject.split('\n').includes(wanted)) return certificate.subject.replace('\n', ', ');
  if (isEnding(certificate, host.now())) return certificate.validTo;
  const { stdout } = await host.run('stat', ['-c', '%U:%G %a', path]);
  return stdout.trim() === ownership ? null : `${stdout.trim()} (${ownership})`;
}

/** null: not a certificate, as in a file that a loss of power cut off. */
function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Less than a third of its time is left. */
function isEnding({ validFromDate, validToDate }: X509Certificate, now: Date): boolean {
  const [from, to] = [validFromDate.getTime(), validToDate.getTime()];
  return now.getTime() > to - (to - from) / 3;
}

function kubeconfigText(server: string, caPem: string, client: NonNullable<Kubeconfig['client']>): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const credential = {
    'client-certificate-data': base64(client.certPem),
    'client-key-data': base64(client.keyPem),
  };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'muster',
    contexts: [{ name: 'muster', context: { cluster: 'muster', user: 'muster' } }],
    clusters: [{ name: 'muster', cluster: { server, 'certificate-authority-data': base64(caPem) } }],
    users: [{ name: 'muster', user: credential }],
  });
}
