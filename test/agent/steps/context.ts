import type { StepContext } from '../../../agent/steps/step.ts';
import { defaultCriDockerd, defaultNodePorts, defaultPreparation } from '../../../shared/plan/defaults.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import { type FakeHost, type FakeHostOptions, fakeHost } from '../fake-host.ts';

const hosts = [
  { name: 'master01', address: '192.168.0.130', role: 'control-plane' as const },
  { name: 'node01', address: '192.168.0.131', role: 'worker' as const },
];

const settings: Assignment['settings'] = {
  name: 'demo',
  kubernetes: {
    version: '1.20.2',
    packageVersion: null,
    imageRepository: 'registry:5000/k8s',
    packages: {
      url: 'http://mirror/kubernetes',
      suite: 'kubernetes-xenial',
      components: ['main'],
      key: { armoured: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n' },
    },
    components: {
      initConfiguration: {},
      clusterConfiguration: {},
      joinConfiguration: {},
      kubeletConfiguration: {},
      kubeProxyConfiguration: {},
    },
  },
  loadBalancer: { kind: 'none' },
  etcd: { kind: 'stacked' },
  endpoint: { host: 'demo.muster.internal', port: 6443, managed: true },
  preparation: { ...defaultPreparation },
  runtime: {
    ...{ name: 'docker', package: 'docker.io', version: null, packages: null, criDockerd: { ...defaultCriDockerd } },
    ...{ registryMirrors: {}, insecureRegistries: [] },
  },
  network: {
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/12',
    dnsDomain: 'cluster.local',
    nodePorts: { ...defaultNodePorts },
    plugin: { title: 'a plugin', kind: 'manifest', manifest: { text: 'image: registry:5000/plugin:v1\n' } },
  },
  hosts,
  preflight: { lower: {} },
};

export type TestContext = StepContext & { host: FakeHost; said: string[] };

interface ContextOptions extends FakeHostOptions {
  self?: 'master01' | 'node01';
  /** Overrides of the settings above. */
  change?(settings: Assignment['settings']): void;
  facts?: Partial<Facts>;
}

/**
 * A context for a step on a fake host; runLong uses the host's units as the real one does. Every field can be replaced.
 */
export function testContext(
  id: string,
  options: ContextOptions & Partial<Omit<StepContext, 'host' | 'facts'>> = {},
): TestContext {
  const { self = 'node01', change, facts, files, links, programs, now, ...fields } = options;
  const host = fakeHost({
    ...(files === undefined ? {} : { files }),
    ...(links === undefined ? {} : { links }),
    ...(programs === undefined ? {} : { programs }),
    ...(now === undefined ? {} : { now }),
  });
  const said: string[] = [];
  const own = structuredClone(settings);
  change?.(own);
  const found = hosts.find(({ name }) => name === self);
  if (found === undefined) throw new Error(`${self} is not planned`);
  return {
    host,
    said,
    facts: {
      arch: 'x64',
      kernel: '6.1.0',
      os: { id: 'debian', versionId: '12', prettyName: '' },
      addresses: [{ interface: 'eth0', address: found.address, mac: '', family: 'ipv4' }],
      runtimes: [],
      packages: {},
      reach: null,
      network: { upstreamFile: '' },
      software: { pauseTag: null },
      ...facts,
    } as Facts,
    assignment: {
      host: { ...found, labels: {}, taints: [] },
      bootstrap: self === 'master01' ? 'init' : 'join',
      settings: own,
      cluster: null,
      installsAfter: null,
    },
    owned: false,
    say: (line) => said.push(line.en),
    runLong: (program, args, { part, ...rest } = {}) =>
      host.runUnit(part === undefined ? id : `${id}-${part}`, program, args, rest),
    requestJoinCredential: () => Promise.reject(new Error('not expected')),
    planFile: () => Promise.reject(new Error('not expected')),
    artefact: () => Promise.reject(new Error('not expected')),
    coordinatorKeys: () => Promise.reject(new Error('not expected')),
    node: async () => null,
    etcdAt: async () => null,
    signal: new AbortController().signal,
    ...fields,
  };
}

/** Programs with their first argument, without read-only ones and the rule that holds packets. */
export const verbs = ({ host }: TestContext): string[] =>
  host.calls
    .filter(({ program, args }) => !/^(pgrep|findmnt|iptables|sync|.*-save)$/.test(program) && args[0] !== 'show')
    .map(({ program, args }) => `${program} ${args[0]}`);

/** The programs whose whole line matches, in the order in which they ran. */
export const programs = ({ host }: TestContext, kind: RegExp): string[] =>
  host.lines().flatMap((line) => (kind.test(line) ? [line.split(' ')[0] ?? ''] : []));
