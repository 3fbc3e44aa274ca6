import { describe, expect, it } from 'vitest';
import { isExecutable } from '../../../agent/changes/execute.ts';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { changesOf } from '../../../agent/steps/declared.ts';
import { steps } from '../../../agent/steps/index.ts';
import { assign } from '../../../shared/plan/assign.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Action } from '../../../shared/steps/action.ts';
import { actionsOf } from '../../../shared/steps/actions.ts';
import { automaticApproval } from '../../../shared/steps/approval.ts';
import { definitionOf, type StepId, stepsOf } from '../../../shared/steps/catalogue.ts';
import { unknownHost } from '../../../shared/steps/definition.ts';
import { planOf } from '../../shared/plan/plan-text.ts';
import type { FakeHostOptions } from '../fake-host.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { certificate } from '../kube/der.ts';
import { policyOf } from '../policy.ts';
import { type TestContext, testContext } from './context.ts';

/**
 * `plan show` prints the same values that the agent executes. Each step is applied on hosts that lack everything, and
 * its writes and runs are compared with the printed values: everything done is printed, and everything printed is done
 * on one of the hosts.
 */

const api = await apiServerOfFile();
const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';
const source = { url: 'http://mirror/kubernetes', suite: '/', key: { file: 'key.asc' } };
const kubernetes = { version: '1.30.2', packages: source };
const network = { plugin: { manifest: 'plugin.yaml' } };
const beside = { 'key.asc': key, 'plugin.yaml': 'kind: DaemonSet\nimage: registry/plugin:v1\n' };

/** The sections of each plan. */
const plans: Record<string, Record<string, unknown>> = {
  containerd: { runtime: { name: 'containerd', registryMirrors: { 'docker.io': ['http://mirror'] } } },
  docker: { runtime: 'docker', kubernetes: { ...kubernetes, version: '1.20.2' } },
  'docker and cri-dockerd': { runtime: { name: 'docker', criDockerd: { mirror: 'http://mirror/cri-dockerd' } } },
  'docker’s own packages': {
    runtime: {
      ...{ name: 'docker', version: '20.10' },
      packages: { url: 'http://mirror/docker', key: { file: 'key.asc' } },
    },
    kubernetes: { ...kubernetes, version: '1.20.2' },
  },
  proxy: { proxy: { http: 'http://proxy:3128' } },
  'firewall and SELinux off': { firewall: 'off', selinux: 'permissive' },
  'firewall open, SELinux enforcing': { firewall: 'open', selinux: 'contexts' },
  'several control planes': { loadBalancer: { keepalived: { address: '192.168.0.200' } } },
  'everything kept': { firewall: 'keep', selinux: 'keep', journalMaxUse: 'keep' },
};

const system = '/etc/systemd/system';
const enabled = (unit: string) => ({ [`${system}/multi-user.target.wants/${unit}`]: `/lib/systemd/system/${unit}` });

/** A host that has everything a change could depend on, with the wrong content. */
const full: FakeHostOptions = {
  files: {
    '/proc/swaps': 'Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n',
    '/etc/fstab': '/dev/sda2 none swap sw 0 0\n',
    '/proc/sys/kernel/hostname': 'debian\n',
    '/proc/sys/fs/inotify/max_user_instances': '128\n',
    '/sys/fs/selinux/enforce': '1',
    '/etc/selinux/config': 'SELINUX=enforcing\n',
    '/etc/kubernetes/pki/x': '',
    '/var/lib/etcd/x': '',
    '/opt/cni/bin/x': '',
    '/usr/sbin/NetworkManager': '',
    '/etc/firewalld/zones/public.xml': '<zone>\n</zone>\n',
    '/etc/ufw/ufw.conf': 'ENABLED=yes\n',
    '/etc/ufw/before.rules': '*filter\n:ufw-before-input - [0:0]\nCOMMIT\n',
    '/lib/systemd/system/chrony.service': '',
    '/etc/systemd/journald.conf.d/50-muster.conf': 'old',
    '/etc/containerd/certs.d/gone/hosts.toml': '# Written by muster.\n',
    '/etc/apt/sources.list.d/other.list': 'deb http://mirror/kubernetes /\n',
    [`${system}/docker.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/containerd.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/kubelet.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/docker.service.d/50-muster-proxy.env`]: 'old',
    [`${system}/containerd.service.d/50-muster-proxy.env`]: 'old',
    [`${system}/kubelet.service.d/50-muster-proxy.env`]: 'old',
    '/etc/kubernetes/admin.conf': api.kubeconfig(),
  },
  links: { ...enabled('firewalld.service'), ...enabled('zramswap.service') },
};
const node = {
  '/etc/kubernetes/kubelet.conf': '',
  '/var/lib/kubelet/config.yaml': '',
  '/etc/kubernetes/pki/apiserver.crt': api.caPem,
  '/etc/kubernetes/manifests/kube-apiserver.yaml': '  - command:\n    - kube-apiserver\n    image: x\n',
  '/var/lib/kubelet/pods/1/containers/kube-proxy/x': '',
  '/var/lib/kubelet/pods/1/etc-hosts': '192.0.2.1 demo.muster.internal\n',
};
const proxied = {
  [`${system}/muster-api-proxy.service`]: 'old',
  '/etc/muster-api-proxy/haproxy.cfg': 'old',
  [`${system}/muster-keepalived.service`]: 'old',
  '/etc/muster-keepalived/keepalived.conf': 'old',
  '/etc/muster-keepalived/check-api-server': 'old',
  '/run/muster-agent/restart-muster-api-proxy': '',
  '/var/lib/muster-agent/package-changes.json': '{"packages":["haproxy"],"paths":[],"version":""}',
};

const hosts: Record<string, FakeHostOptions> = {
  full,
  'full, a Node': { ...full, files: { ...full.files, ...node } },
  'full, with a proxy': { ...full, files: { ...full.files, ...node, ...proxied } },
  'with a runtime that runs': {
    ...full,
    files: {
      ...full.files,
      '/run/muster-agent/restart-docker': '',
      '/run/muster-agent/restart-containerd': '',
      '/run/muster-agent/restart-cri-docker': '',
    },
  },
};

/** What kubeadm leaves in a new cluster: its automatic approval and a token of its own. */
function openDoors(): void {
  const secrets = '/api/v1/namespaces/kube-system/secrets';
  api.objects.set(automaticApproval.path, {});
  api.objects.set(`${secrets}/bootstrap-token-init`, {});
  api.objects.set(secrets, { items: [{ metadata: { name: 'bootstrap-token-init' } }] });
}

/** The signer of the controller-manager. */
function signs(): void {
  api.hooks.push(({ method, path, body }) => {
    if (method !== 'PUT' || !path.endsWith('/approval')) return undefined;
    const signed = Buffer.from(certificate([['CN', 'muster']]).certPem).toString('base64');
    api.objects.set(path.replace('/approval', ''), { ...body, status: { certificate: signed } });
    return { status: 200, body };
  });
}

const names = ['kubeadm', 'kubelet', 'kubectl'];
const kubeadmConfig = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';

function onHost(id: StepId, assignment: Assignment, options: FakeHostOptions): TestContext {
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

/** Programs that only read, or that a step runs to decide what to do. */
const looks =
  /^(systemctl (show|list-units)|docker (info|image|ps)|crictl .*(inspecti|version|ps)|apt-cache|apt-get indextargets|find|dpkg-query|pgrep|findmnt|sha256sum|sync|mkdir|chmod|rm -r?f -- \S+(?:\.new|\.tgz)|kubeadm config|\S+-save)\b/;
/** The agent's own markers and records. */
const own = /^\/(var\/lib|run)\/muster-agent\/(?!kubeadm-)/;

/** Requests that delete, in the printed form. */
function deleted(): string[] {
  return api.requests.flatMap(({ method, path }) => {
    if (method !== 'DELETE' || path.includes('/certificatesigningrequests/')) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.includes('/secrets/bootstrap-token-')
      ? ['request delete bootstrap tokens that muster did not mint']
      : [`request delete ClusterRoleBinding ${name}`];
  });
}

/** What is done, in the printed form; options that only tune a program are left out. */
function doneOn({ host }: TestContext): string[] {
  const runs = host.calls.flatMap(({ program, args }) => {
    const line = [program, ...args].join(' ');
    if (looks.test(line)) return [];
    if (program === 'runuser') return [`file ${args.at(-1)}`];
    if (program === 'curl') return [`run curl ${args.at(-1)}`];
    if (program === 'tar') return [`run tar -C ${args[args.indexOf('-C') + 1]}`];
    if (/^(apt-get|apt-mark|docker|crictl|kubectl)$/.test(program)) return [`run ${withoutOptions(program, args)}`];
    return [`run ${line}`];
  });
  const files = host.written.filter((path) => !own.test(path)).map((path) => `file ${path}`);
  return [...new Set([...runs, ...files, ...deleted()])];
}

function withoutOptions(program: string, args: readonly string[]): string {
  if (program === 'kubectl') return 'kubectl apply -f -';
  const rest = args.filter(
    (arg, index) => !arg.startsWith('-') && !/^(-o|-c|--runtime-endpoint)$/.test(args[index - 1] ?? ''),
  );
  return [program, ...rest].join(' ');
}

/** What is printed, as patterns. */
function printed(actions: readonly Action[]): { text: string; pattern: RegExp }[] {
  return actions.flatMap(({ do: verb, what }) => {
    if (verb === 'wait' || (verb === 'request' && !what.en.startsWith('delete '))) return [];
    const text = `${verb === 'run' || verb === 'request' ? verb : 'file'} ${what.en.replace(/^(apt-get \w+) -y /, '$1 ')}`;
    const pattern = text
      .split(/<[A-Z]+>|\*/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+');
    return [{ text, pattern: new RegExp(`^${pattern}$`) }];
  });
}

describe.each(Object.keys(plans))('a plan with %s', (name) => {
  const plan = planOf({ kubernetes, network, ...plans[name] }, beside);
  if (name === 'several control planes')
    plan.settings.hosts.push({ name: 'master02', address: '192.0.2.2', role: 'control-plane' });

  describe.each(['master01', 'node01'])('on %s', (self) => {
    const assignment = assign(plan, self);
    if (assignment === null) throw new Error(`${self} is not planned`);
    // It runs setup.sh of a signed release; see coordinator-install.test.ts.
    const ids = stepsOf(assignment.bootstrap, assignment.host.role)
      .map(({ id }) => id)
      .filter((id) => id !== 'coordinator-install');

    it.each(ids)('%s does exactly what is printed', async (id) => {
      const seen = new Set<string>();
      let promised: ReturnType<typeof printed> = [];
      for (const options of Object.values(hosts)) {
        openDoors();
        signs();
        const context = onHost(id, assignment, options);
        promised = printed(changesOf(id, context).flatMap((change) => actionsOf(change)));
        await steps[id].apply(context);
        for (const one of doneOn(context)) seen.add(one);
      }
      const unprinted = [...seen].filter((one) => !promised.some(({ pattern }) => pattern.test(one)));
      const undone = promised.filter(({ pattern }) => ![...seen].some((one) => pattern.test(one)));
      expect({ unprinted, undone: undone.map(({ text }) => text) }).toEqual({ unprinted: [], undone: [] });
    });
  });
});

it('a step without its own code states only changes that the executor makes', () => {
  const plan = planOf({ kubernetes, network }, beside);
  const assignment = assign(plan, 'master01');
  if (assignment === null) throw new Error('master01 is not planned');
  for (const { id, part } of stepsOf('init', 'control-plane')) {
    if (part !== 'prepare') continue;
    expect(changesOf(id, onHost(id, assignment, {})).every(isExecutable), id).toBe(true);
  }
});
