import { policyOf } from '../policy.ts';
import { testContext } from './context.ts';

export const kubernetesNames = ['kubeadm', 'kubelet', 'kubectl'];

const programs = Object.fromEntries(
  ['conntrack', 'ip', 'iptables', 'ethtool', 'socat', 'ebtables'].map((name) => [`/usr/sbin/${name}`, '']),
);

/** docker’s client. */
export const docker = { '/usr/bin/docker': '' };

/** The planned packages with docker, at a version of Kubernetes. */
export const installedOnes = (kubernetes: string) => ({
  ...{ 'docker.io': '20', 'cri-tools': '1.19.0-00' },
  ...{ kubeadm: kubernetes, kubelet: kubernetes, kubectl: kubernetes },
});

interface AptOptions {
  installed?: Record<string, string>;
  offered?: string[];
  /** Versions of other packages, the one that apt would install first. */
  others?: Record<string, string[]>;
  files?: Record<string, string>;
}

/** A host with apt, its sources and its database of packages. */
export function aptHost(options: AptOptions = {}) {
  const installed = new Map(Object.entries(options.installed ?? {}));
  const held = new Set<string>();
  const kubernetes = options.offered ?? ['1.21.0-00', '1.20.2-01', '1.20.2-00', '1.20.20-00'];
  const offers: Record<string, string[]> = {
    ...{ 'docker.io': ['20.10.24+dfsg1-1'], containerd: ['1.6.20~ds1-1'], 'cri-tools': ['1.26.0-00', '1.25.0-00'] },
    ...Object.fromEntries(kubernetesNames.map((name) => [name, kubernetes])),
    ...options.others,
  };
  const context = testContext('packages', { files: { ...programs, ...options.files } });
  Object.assign(context.host.programs, {
    'dpkg-query': (args: readonly string[]) => {
      if (args.length === 3)
        return [...installed.keys()]
          .filter(Boolean)
          .map((name) => `${name}\tinstalled\n`)
          .join('');
      const found = args.slice(3).filter((name) => installed.has(name));
      const lines = found.map(
        (name) => `${name}\t${installed.get(name)}\t${held.has(name) ? 'hold' : 'install'} ok installed`,
      );
      return { exitCode: found.length === args.length - 3 ? 0 : 1, stdout: lines.join('\n') };
    },
    find: () => (installed.size === 0 ? '' : '/etc/made-by-packages\t1\n'),
    'apt-cache': (args: readonly string[]) =>
      args
        .slice(1)
        .map((name) => policyOf(name, ...(offers[name] ?? [])))
        .join(''),
    'apt-get': (args: readonly string[]) => {
      if (args[0] !== 'install') return;
      const named = args.slice(args.indexOf('--') + 1).filter((name) => !name.includes('='));
      for (const name of named) if (!installed.has(name)) installed.set(name, '1');
      // On this release docker.io contains the client, unless there is a package for it.
      if (named.includes('docker.io')) context.host.files.set('/usr/bin/docker', { content: '', mode: 0o755 });
      for (const [, name = '', version = ''] of args.map((arg) => /^([\w.-]+)=(.+)$/.exec(arg) ?? []))
        installed.set(name, version);
    },
    'apt-mark': (args: readonly string[]) => args.slice(1).forEach((name) => void held.add(name)),
  });
  return context;
}
