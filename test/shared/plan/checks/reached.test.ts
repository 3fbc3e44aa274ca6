import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, refuses } from '../plan-text.ts';

const kubernetes = (settings: object) => ({ kubernetes: { version: '1.30.2', ...settings } });
const containerd = (settings: object) => ({ runtime: { name: 'containerd', ...settings } });
const packages = { suite: '/', key: 'https://m.example/Release.key' };

refuses([
  [
    'a mirror at an impossible address',
    containerd({ registryMirrors: { 'ghcr.io': ['https://192.168.0.300:5000'] } }),
    'runtime.registryMirrors["ghcr.io"][0]: host-impossible',
  ],
  [
    'a mirror with an impossible port',
    containerd({ registryMirrors: { 'ghcr.io': ['https://m.example:99999'] } }),
    'runtime.registryMirrors["ghcr.io"][0]: host-port-impossible',
  ],
  [
    'a registry with an impossible port',
    containerd({ insecureRegistries: ['10.0.0.1:65536'] }),
    'runtime.insecureRegistries[0]: host-port-impossible',
  ],
  [
    'a registry with an impossible address and a mirror',
    containerd({ registryMirrors: { '10.0.0.300:5000': [] } }),
    'runtime.registryMirrors["10.0.0.300:5000"]: mirror-registry-invalid',
  ],
  [
    'images at an impossible address',
    kubernetes({ imageRepository: '10.0.0.256/k8s' }),
    'kubernetes.imageRepository: host-impossible',
  ],
  [
    'packages at a host with an empty label',
    kubernetes({ packages: { ...packages, url: 'https://a..b/deb/' } }),
    'kubernetes.packages.url: host-impossible',
  ],
  ['a proxy at port 0', { proxy: { http: 'http://p.example:0' } }, 'proxy.http: host-port-impossible'],
  [
    'a coordinator at an impossible address',
    { coordinator: { address: '10.0.0.256' } },
    'coordinator.address: host-impossible',
  ],
  [
    'a coordinator at the loopback address',
    { coordinator: { address: '127.0.0.1' } },
    'coordinator.address: host-loopback',
  ],
  [
    'a coordinator in the pod subnet',
    { coordinator: { address: '10.244.0.9' } },
    'coordinator.address: address-in-pod-subnet',
  ],
  [
    'a load balancer called localhost',
    { loadBalancer: { external: { address: 'localhost' } } },
    'loadBalancer.external.address: host-loopback',
  ],
  [
    'a virtual address for this host only',
    { loadBalancer: { keepalived: { address: '127.0.0.1' } } },
    'loadBalancer.keepalived.address: load-balancer-address-unusable',
  ],
  [
    'an endpoint called localhost',
    kubernetes({ controlPlaneEndpoint: 'localhost:6443' }),
    'kubernetes.controlPlaneEndpoint: host-loopback',
  ],
  [
    'an unmanaged endpoint in the service subnet',
    kubernetes({ controlPlaneEndpoint: { host: '10.96.0.1', managed: false } }),
    'kubernetes.controlPlaneEndpoint.host: address-in-service-subnet',
  ],
  [
    'an endpoint that looks like an address',
    kubernetes({ controlPlaneEndpoint: '192.168.0.300:6443' }),
    'kubernetes.controlPlaneEndpoint: host-impossible',
  ],
  [
    'an endpoint with a label that is too long',
    kubernetes({ controlPlaneEndpoint: `${'x'.repeat(64)}.example` }),
    'kubernetes.controlPlaneEndpoint: endpoint-name-invalid',
  ],
]);

const warningsOf = (sections: Record<string, unknown>) => {
  const { problems, warnings } = parsePlan(planText(sections), { readFile: () => '' });
  expect(problems).toEqual([]);
  return warnings.map(({ path, code }) => `${path}: ${code}`);
};

test.each([
  [{ proxy: { http: 'http://127.0.0.1:7890' } }, ['proxy.http: host-loopback-each']],
  [{ proxy: { https: 'http://[::1]:3128' } }, ['proxy.https: host-loopback-each']],
  [kubernetes({ imageRepository: 'localhost:5000/k8s' }), ['kubernetes.imageRepository: host-loopback-each']],
  [
    containerd({ registryMirrors: { 'ghcr.io': ['http://localhost:5000'] } }),
    ['runtime.registryMirrors["ghcr.io"][0]: host-loopback-each'],
  ],
  [
    kubernetes({ controlPlaneEndpoint: { host: 'localhost', port: 8443, managed: false } }),
    ['kubernetes.controlPlaneEndpoint.host: host-loopback-each'],
  ],
  [containerd({ insecureRegistries: ['localhost:5000', '10.96.0.50:5000'] }), []],
  [containerd({ registryMirrors: { 'ghcr.io': ['http://10.96.0.50:5000'] } }), []],
])('%j: each host connects to itself: %j', (sections, warnings) => {
  expect(warningsOf(sections)).toEqual(warnings);
});

test.each([
  [{ proxy: { http: 'http://10.96.0.5:3128' } }, ['proxy.http: source-in-service-subnet']],
  [kubernetes({ imageRepository: '10.244.9.9/k8s' }), ['kubernetes.imageRepository: source-in-pod-subnet']],
  // An organization on docker.io, and a name with its final dot.
  [kubernetes({ imageRepository: '1234/k8s' }), []],
  [{ proxy: { http: 'http://proxy.example.:3128' } }, []],
])('%j: a running cluster may have it: %j', (sections, warnings) => {
  expect(warningsOf(sections)).toEqual(warnings);
});

test('a single host may be its own coordinator at the loopback address', () => {
  const hosts = [{ name: 'm', address: '10.1.0.1', role: 'control-plane' }];
  expect(warningsOf({ hosts, coordinator: { address: '127.0.0.1' } })).toEqual([]);
});

test('addresses in the range of docker’s bridge are a warning unless all hosts are in it', () => {
  const hosts = (...addresses: string[]) =>
    addresses.map((address, index) => ({ name: `h${index}`, address, role: index === 0 ? 'control-plane' : 'worker' }));
  expect(warningsOf({ runtime: 'docker', hosts: hosts('10.1.0.1', '172.17.0.5') })).toEqual([
    'hosts[1].address: address-of-bridge',
  ]);
  expect(warningsOf({ runtime: 'docker', proxy: { http: 'http://172.17.3.4:3128' } })).toEqual([
    'proxy.http: address-of-bridge',
  ]);
  expect(warningsOf({ runtime: 'docker', hosts: hosts('172.17.0.4', '172.17.0.5') })).toEqual([]);
  expect(warningsOf({ runtime: 'containerd', hosts: hosts('10.1.0.1', '172.17.0.5') })).toEqual([]);
});
