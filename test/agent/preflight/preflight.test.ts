import { describe, expect, test } from 'vitest';
import { blocks, checks, preflight, worstFirst } from '../../../agent/preflight/preflight.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { Level } from '../../../shared/protocol/finding.ts';
import { findingSchema } from '../../../shared/protocol/finding.ts';
import { controlPlane, sampleAssignment, sampleFacts } from '../samples.ts';

const gib = 1024 ** 3;
const worker = sampleAssignment();
const master = controlPlane();
const inVersion = (version: string): Assignment => ({
  ...worker,
  settings: { ...worker.settings, kubernetes: { ...worker.settings.kubernetes, version } },
});
const disk = (freeBytes: number) => [{ mount: '/', sizeBytes: 50 * gib, freeBytes }];
const docker = { name: 'docker' as const, version: '20.10.24', active: true, cgroupDriver: 'cgroupfs' as const };
const containerd = { name: 'containerd' as const, version: '1.6.20', active: true, cgroupDriver: 'cgroupfs' as const };

type Case = [
  check: string,
  when: string,
  facts: Partial<Facts>,
  assignment: Assignment | null,
  level: Level,
  mends: boolean,
];

const cases: Case[] = [
  ['root', 'an ordinary user', { root: false }, null, 'error', false],
  ['systemd', 'another PID 1', { init: 'sh' }, null, 'error', false],
  ['systemd', 'PID 1 is not known', { init: '' }, null, 'unknown', false],
  ['os', 'Debian 10', { os: { id: 'debian', versionId: '10', prettyName: 'Debian 10' } }, null, 'error', false],
  [
    'os',
    'Ubuntu 23.10',
    { os: { id: 'ubuntu', versionId: '23.10', prettyName: 'Ubuntu 23.10' } },
    null,
    'error',
    false,
  ],
  ['os', 'Ubuntu 18.04', { os: { id: 'ubuntu', versionId: '18.04', prettyName: 'Ubuntu 18.04' } }, null, 'ok', false],
  ['os', 'no os-release', { os: { id: '', versionId: '', prettyName: '' } }, null, 'unknown', false],
  ['arch', 'a 32-bit processor', { arch: 'ia32' }, null, 'error', false],
  ['cpu', 'one CPU on a control plane', { cpuCount: 1 }, master, 'error', false],
  ['cpu', 'one CPU on a worker', { cpuCount: 1 }, worker, 'ok', false],
  ['cpu', 'it is not known', { cpuCount: null }, worker, 'unknown', false],
  ['memory', '1600 MiB on a control plane', { memoryBytes: 1600 * 1024 ** 2 }, master, 'error', false],
  ['memory', '800 MiB on a worker', { memoryBytes: 800 * 1024 ** 2 }, worker, 'warning', false],
  ['memory', '256 MiB on a worker', { memoryBytes: 256 * 1024 ** 2 }, worker, 'error', false],
  ['memory', 'it is not known', { memoryBytes: null }, worker, 'unknown', false],
  ['disk', '5 GiB free', { disks: disk(5 * gib) }, null, 'warning', false],
  ['disk', '1 GiB free', { disks: disk(gib) }, null, 'error', false],
  [
    'disk',
    '/var is small',
    { disks: [...disk(40 * gib), { mount: '/var', sizeBytes: gib, freeBytes: gib }] },
    null,
    'error',
    false,
  ],
  ['disk', 'it is not known', { disks: [] }, null, 'unknown', false],
  ['swap-off', 'swap is on', { swap: { devices: ['/dev/sda2'], fstab: [] } }, null, 'warning', true],
  [
    'swap-off',
    'swap is in fstab only',
    { swap: { devices: [], fstab: ['/dev/sda2 none swap sw 0 0'] } },
    null,
    'warning',
    true,
  ],
  [
    'kernel-modules',
    'one can be loaded',
    { modules: { overlay: 'loaded', br_netfilter: 'available' } },
    null,
    'warning',
    true,
  ],
  ['kernel-modules', 'one is built in', { modules: { overlay: 'loaded', br_netfilter: 'builtin' } }, null, 'ok', false],
  [
    'kernel-modules',
    'one is missing',
    { modules: { overlay: 'loaded', br_netfilter: 'missing' } },
    null,
    'error',
    false,
  ],
  [
    'kernel-modules',
    'one is not known',
    { modules: { overlay: 'unknown', br_netfilter: 'loaded' } },
    null,
    'unknown',
    true,
  ],
  ['sysctls', 'forwarding is off', { sysctls: { 'net.ipv4.ip_forward': '0' } }, null, 'warning', true],
  ['sysctls', 'a key is not there', { sysctls: { 'net.bridge.bridge-nf-call-iptables': null } }, null, 'warning', true],
  [
    'cgroups',
    'pids is missing',
    { cgroup: { version: '2', controllers: ['cpu', 'cpuset', 'memory'] } },
    null,
    'error',
    false,
  ],
  ['cgroups', 'they are not known', { cgroup: { version: 'unknown', controllers: [] } }, null, 'unknown', false],
  ['host-name', 'another name than planned', { hostname: 'localhost' }, worker, 'warning', true],
  ['host-name', 'no RFC 1123 label', { hostname: 'My_Host' }, null, 'warning', true],
  [
    'planned-address',
    'no interface has it',
    { addresses: [{ interface: 'eth0', address: '10.0.2.15', mac: '', family: 'ipv4' }] },
    worker,
    'error',
    false,
  ],
  ['planned-address', 'no interface is known', { addresses: [] }, worker, 'unknown', false],
  ['ports', 'the kubelet’s is taken', { ports: [{ port: 10250, process: 'k3s' }] }, worker, 'error', false],
  [
    'ports',
    'the API server’s is taken on a worker',
    { ports: [{ port: 6443, process: 'nginx' }] },
    worker,
    'ok',
    false,
  ],
  [
    'ports',
    'the API server’s is taken on a control plane',
    { ports: [{ port: 6443, process: null }] },
    master,
    'error',
    false,
  ],
  ['left-overs', 'another cluster was here', { leftovers: ['/var/lib/etcd'] }, null, 'error', false],
  ['runtime', 'docker runs beside a planned containerd', { runtimes: [docker, containerd] }, worker, 'warning', false],
  ['runtime', 'it has the wrong driver', { runtimes: [containerd] }, worker, 'warning', true],
];

describe('preflight', () => {
  test('finds nothing to say about a good host, and asks everything', () => {
    const findings = preflight(sampleFacts(), worker, { owns: false });
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(findings.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(preflight(sampleFacts(), master, { owns: false }).filter(({ level }) => level !== 'ok')).toEqual([]);
  });

  test('each check can fail', () => {
    const failing = new Set(cases.filter(([, , , , level]) => level !== 'ok').map(([id]) => id));
    expect(checks.map(({ id }) => id).filter((id) => !failing.has(id))).toEqual([]);
  });

  test.each(cases)('%s, %s', (id, _when, changes, assignment, level, mends) => {
    const finding = preflight(sampleFacts(changes), assignment, { owns: false }).find((one) => one.id === id);
    expect(finding).toMatchObject({ level, mends });
    expect(findingSchema.parse(finding)).toEqual(finding);
    expect(finding?.remedy === '').toBe(level === 'ok');
  });

  test('refuses cgroup version 1 from Kubernetes 1.35 on', () => {
    const v1 = {
      version: '1' as const,
      controllers: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'],
    };
    const level = (version: string) =>
      preflight(sampleFacts({ cgroup: v1 }), inVersion(version), { owns: false }).find(({ id }) => id === 'cgroups')
        ?.level;
    expect(level('1.34.2')).toBe('ok');
    expect(level('1.35.0')).toBe('error');
  });

  test('leaves out what needs a role while there is none', () => {
    const ids = preflight(sampleFacts(), null, { owns: false }).map(({ id }) => id);
    expect(ids).toContain('root');
    for (const id of ['cpu', 'memory', 'planned-address', 'ports', 'runtime']) expect(ids).not.toContain(id);
  });

  test('takes muster’s own node for none of another cluster', () => {
    const facts = sampleFacts({
      leftovers: ['/etc/kubernetes/kubelet.conf'],
      ports: [{ port: 10250, process: 'kubelet' }],
    });
    expect(preflight(facts, worker, { owns: true }).filter(blocks)).toEqual([]);
    expect(
      preflight(facts, worker, { owns: false })
        .filter(blocks)
        .map(({ id }) => id),
    ).toEqual(['ports', 'left-overs']);
  });

  test('puts the worst first and keeps the order otherwise', () => {
    const findings = preflight(sampleFacts({ root: false, hostname: 'X', init: '' }), null, { owns: false });
    expect(
      worstFirst(findings)
        .slice(0, 4)
        .map(({ id }) => id),
    ).toEqual(['root', 'host-name', 'systemd', 'os']);
  });
});
