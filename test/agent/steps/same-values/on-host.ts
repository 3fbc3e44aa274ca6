import { caFingerprint } from '../../../../agent/kube/ca.ts';
import type { Assignment } from '../../../../shared/protocol/assignment.ts';
import { automaticApproval } from '../../../../shared/steps/approval.ts';
import { definitionOf, type StepId } from '../../../../shared/steps/catalogue.ts';
import { unknownHost } from '../../../../shared/steps/definition.ts';
import type { FakeHostOptions } from '../../fake-host.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import { certificate } from '../../kube/der.ts';
import { policyOf } from '../../policy.ts';
import { type TestContext, testContext } from '../context.ts';
import { system } from './hosts.ts';

/** What kubeadm leaves in a new cluster: its automatic approval and a token of its own. */
function openDoors(api: ApiServer): void {
  const secrets = '/api/v1/namespaces/kube-system/secrets';
  api.objects.set(automaticApproval.path, {});
  api.objects.set(`${secrets}/bootstrap-token-init`, {});
  api.objects.set(secrets, { items: [{ metadata: { name: 'bootstrap-token-init' } }] });
}

/** The signer of the controller-manager. */
function signs(api: ApiServer): void {
  api.hooks.push(({ method, path, body }) => {
    if (method !== 'PUT' || !path.endsWith('/approval')) return undefined;
    const signed = Buffer.from(certificate([['CN', 'muster']]).certPem).toString('base64');
    api.objects.set(path.replace('/approval', ''), { ...body, status: { certificate: signed } });
    return { status: 200, body };
  });
}

const names = ['kubeadm', 'kubelet', 'kubectl'];
const kubeadmConfig = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';

/** A host with programs that succeed, and an API whose cluster kubeadm has just created. */
export function onHost(api: ApiServer, id: StepId, assignment: Assignment, options: FakeHostOptions): TestContext {
  openDoors(api);
  signs(api);
  const context = testContext(id, {
    ...options,
    assignment: { ...assignment, cluster: { caPem: api.caPem, caSha256: caFingerprint(api.caPem) } },
    requestJoinCredential: async () => ({
      ...{ token: 'abcdef.0123456789abcdef', expiresAt: '2026-01-01T00:15:00.000Z' },
      ...{ caPem: api.caPem, caSha256: caFingerprint(api.caPem) },
    }),
  });
  const version = assignment.settings.kubernetes.version;
  const metadata = { name: 'kubeadm-config' };
  api.objects.set(kubeadmConfig, { metadata, data: { ClusterConfiguration: 'apiServer: {}\n' } });
  const images = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'coredns', 'etcd'];
  const repository = assignment.settings.kubernetes.imageRepository;
  const pause = definitionOf.images
    .changes(assignment, unknownHost)
    .flatMap((change) => (change.kind === 'images' ? change.named : []))
    .filter((image) => image.includes('pause'));
  const succeeds = [
    'chown',
    'hostname',
    'swapoff',
    'modprobe',
    'sysctl',
    'setenforce',
    'restorecon',
    'firewall-cmd',
    'ufw',
    'runuser',
  ];
  const unpacks = ['curl', 'tar', 'sha256sum', 'mkdir', 'chmod', 'mv'];
  for (const program of [...succeeds, 'apt-get', 'apt-mark', 'iptables', 'find', 'kubectl', 'pgrep', 'rm', ...unpacks])
    context.host.programs[program] = () => '';
  Object.assign(context.host.programs, {
    systemctl([verb, ...args]: string[]) {
      if (verb === 'list-units') return 'dev-zram0.swap loaded active active x\n';
      if (verb !== 'show') return '';
      if (args.includes('FragmentPath')) return '/run/systemd/generator/dev-zram0.swap\n';
      const name = args.at(-1) ?? '';
      const isThere = !name.startsWith('muster-') || context.host.files.has(`${system}/${name}.service`);
      return `Id=${name}\nActiveState=${isThere ? 'active' : 'inactive'}\nUnitFileState=enabled\n`;
    },
    'apt-cache': (args: string[]) =>
      args
        .slice(args.indexOf('--') + 1)
        .map((name) =>
          policyOf(name, names.includes(name) ? `${version}-1.1` : name.startsWith('docker') ? '5:20.10.24~3' : '1.26'),
        )
        .join(''),
    // Nothing is installed before apt-get.
    'dpkg-query': (args: string[]) =>
      args[0] === '-W' && context.host.calls.some((call) => call.program === 'apt-get' && call.args[0] === 'install')
        ? args
            .slice(3)
            .map((name) => `${name}\t1\tinstall ok installed\tamd64`)
            .join('\n')
        : '',
    docker: ([verb]: string[]) =>
      verb === 'info' ? 'systemd overlay2' : verb === 'image' ? { exitCode: 1 } : verb === 'ps' ? 'c0ffee\n' : '',
    crictl: (args: string[]) => (args.includes('inspecti') ? { exitCode: 1 } : args.includes('ps') ? 'c0ffee\n' : ''),
    kubeadm([verb, phase]: string[]) {
      if (phase === 'phase')
        for (const file of ['apiserver.crt', 'apiserver.key'])
          context.host.files.set(`/run/muster-agent/serving-certificate/${file}`, { content: 'new', mode: 0o600 });
      return verb === 'config'
        ? [...images.map((name) => `${repository}/${name}:v${version}`), ...pause].join('\n')
        : '';
    },
  });
  return context;
}
