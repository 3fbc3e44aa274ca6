import { X509Certificate } from 'node:crypto';
import { parse } from 'yaml';
import { MusterError } from '../../shared/errors/errors.ts';
import { bindPort } from '../../shared/kubeadm/ports.ts';
import { criSocket } from '../../shared/kubeadm/runtime.ts';
import { kubeadmApiVersion } from '../../shared/kubeadm/version.ts';
import { kubeadmYaml } from '../../shared/kubeadm/yaml.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';

const pki = '/etc/kubernetes/pki';
const files = { certificate: 'apiserver.crt', key: 'apiserver.key' };
const authority = ['ca.crt', 'ca.key'];
/** On tmpfs, because the CA's key is in it for a moment. */
export const scratch = `${agentPaths.volatile}/serving-certificate`;

/** The names and addresses that the API server's certificate is valid for; null: there is no certificate. */
export async function servedNames(host: Pick<Host, 'readFile'>): Promise<string[] | null> {
  const pem = await host.readFile(`${pki}/${files.certificate}`);
  if (pem === null) return null;
  const { subjectAltName = '' } = new X509Certificate(pem);
  return subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
}

/**
 * Makes kubeadm issue the API server's certificate again, with the names of `clusterConfiguration` and those that it
 * has now. The old one stays until the new one exists. The API server reads it within a minute, without a restart.
 */
export async function renewServingCertificate(
  host: Host,
  { host: self, settings }: Pick<Assignment, 'host' | 'settings'>,
  clusterConfiguration: string,
): Promise<void> {
  await host.removeTree(scratch);
  try {
    for (const name of authority) {
      const content = await host.readFile(`${pki}/${name}`);
      if (content !== null) await host.writeFile(`${scratch}/${name}`, content, { mode: 0o600 });
    }
    const recorded = parse(clusterConfiguration, { schema: 'yaml-1.1' });
    const certSANs = [...new Set([...(recorded.apiServer?.certSANs ?? []), ...((await servedNames(host)) ?? [])])];
    const documents = [
      {
        apiVersion: `kubeadm.k8s.io/${kubeadmApiVersion(settings.kubernetes.version)}`,
        kind: 'InitConfiguration',
        localAPIEndpoint: { advertiseAddress: self.address, bindPort: bindPort(settings) },
        nodeRegistration: { name: self.name, criSocket: criSocket(settings) },
      },
      { ...recorded, certificatesDir: scratch, apiServer: { ...recorded.apiServer, certSANs } },
    ];
    await host.writeFile(`${scratch}/kubeadm.yaml`, kubeadmYaml(documents), { mode: 0o600 });
    await output(host, 'kubeadm', ['init', 'phase', 'certs', 'apiserver', '--config', `${scratch}/kubeadm.yaml`]);
    const [key, certificate] = await Promise.all(
      [files.key, files.certificate].map((name) => host.readFile(`${scratch}/${name}`)),
    );
    if (!key || !certificate) throw new MusterError('certificate-not-issued');
    await host.writeFile(`${pki}/${files.key}`, key, { mode: 0o600 });
    await host.writeFile(`${pki}/${files.certificate}`, certificate, { mode: 0o644 });
  } finally {
    await host.removeTree(scratch);
  }
}
