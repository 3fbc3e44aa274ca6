import { describe, expect, it } from 'vitest';
import { targetSchema } from '../../../shared/protocol/assignment.ts';
import { planOf } from '../plan/plan-text.ts';

type Path = readonly (string | number)[];

const certificate = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(20)}\n-----END CERTIFICATE-----\n`;
const plan = planOf({
  kubernetes: {
    version: '1.30.2-1.1',
    imageRepository: 'registry.aliyuncs.com/google_containers',
    packages: {
      url: 'https://mirror.example/apt',
      suite: 'xenial',
      components: ['main'],
      key: 'https://mirror.example/key',
    },
  },
  runtime: {
    name: 'containerd',
    package: 'containerd.io',
    registryMirrors: { 'docker.io': ['https://mirror.example'] },
    insecureRegistries: ['registry.lab:5000'],
  },
  proxy: { http: 'http://proxy.example:3128', noProxy: ['.example'] },
  preflight: { lower: { 'cpu-count': { to: 'warning', reason: 'lab' } } },
  hosts: [
    { name: 'master01', address: '192.168.0.130', role: 'control-plane', labels: { disk: 'ssd' } },
    { name: 'node01', address: '192.168.0.131', role: 'worker', taints: ['lab=yes:NoSchedule'] },
  ],
});
const target = {
  assignment: {
    host: { ...plan.hosts[1], labels: { 'example.com/disk': 'ssd' } },
    bootstrap: 'join',
    settings: {
      ...plan.settings,
      loadBalancer: { kind: 'keepalived', address: '192.168.0.200', interface: 'bond0.20', routerId: 51 },
      etcd: {
        kind: 'external',
        endpoints: ['https://10.0.0.1:2379'],
        ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
      },
    },
    cluster: { caPem: certificate, caSha256: '0'.repeat(64) },
    installsAfter: 'master01',
  },
  reason: { en: 'planned', zh: '在计划中' },
  duties: [
    { id: 'label-1', type: 'label-node', host: 'node01', labels: { disk: 'ssd' }, taints: plan.hosts[1]?.taints },
    { id: 'mint-1', type: 'mint-join-credential', host: 'node01', ttlSeconds: 60 },
  ],
  leave: { id: 'leave-1', what: 'reset', giveUpCluster: false },
  collect: { id: 'collect-1' },
  update: { version: '0.2.0' },
  backup: { name: 'muster-1.tar.gz.age', sha256: '0'.repeat(64), keep: 2 },
  clusterCopy: { name: 'cluster-20260101T000000Z.tar.gz.age', sha256: '0'.repeat(64), keep: 2 },
  clusterBackup: { everyMs: 1000, keep: 2, request: '2026-01-01T00:00:00.000Z', recipient: `age1${'q'.repeat(58)}` },
  recovery: { id: 'a-1', host: 'node01', from: 'cluster-20260101T000000Z', isDone: false },
  coordinators: ['https://192.168.0.130:7443'],
  hold: { kind: 'paused', reason: { en: 'maintenance', zh: '维护' } },
};

const hostile = [
  '-oDPkg::Pre-Invoke::=touch /tmp/x',
  '--config=/tmp/x',
  'x\nExecStartPre=/tmp/x',
  'x\r\nx',
  '../../etc/cron.d/x',
  '$(touch /tmp/x)',
  '`x`; x | x & x',
  'x" y=\'z',
  'x\u0000',
  '\u001b]0;x\u0007',
  'x\u202ey',
  `https://x.example/${'x'.repeat(100_000)}`,
];
/** One-line texts for people: shown, never executed. */
const texts = new Set([
  'reason.en',
  'reason.zh',
  'assignment.settings.network.plugin.title',
  'assignment.settings.preflight.lower.cpu-count.reason',
]);
/** Texts for people that are cleaned instead of refused. */
const cleaned = ['hold.reason.en', 'hold.reason.zh'];

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(value: unknown, [head, ...tail]: Path, put: string): unknown {
  if (head === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (index === head ? replaced(item, tail, put) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, key === head ? replaced(item, tail, put) : item]),
  );
}

/** Every record whose keys the coordinator chooses. */
const keyed: Path[] = [
  ['assignment', 'host', 'labels'],
  ['assignment', 'settings', 'runtime', 'registryMirrors'],
  ['assignment', 'settings', 'preflight', 'lower'],
  ['duties', 0, 'labels'],
];

it('a join credential is valid for 15 minutes at most, whatever the coordinator asks for', () => {
  const asking = (ttlSeconds: number) => {
    const duties = [{ id: 'mint-1', type: 'mint-join-credential', host: 'node01', ttlSeconds }];
    return targetSchema.safeParse({ ...target, duties }).success;
  };
  expect([900, 901, 1e9].map(asking)).toEqual([true, false, false]);
});

describe('an assignment from a coordinator', () => {
  it('is accepted when a plan could contain it', () => {
    expect(targetSchema.safeParse(target).error).toBeUndefined();
  });

  it.each(
    leaves(target).map((path) => [path.join('.'), path] as const),
  )('is refused with a hostile value at %s', (name, path) => {
    for (const value of hostile) {
      if (cleaned.includes(name)) continue;
      const taken = targetSchema.safeParse(replaced(target, path, value)).success;
      const isShownOnly = texts.has(name) && !/[\p{Cc}\p{Cf}]/u.test(value) && value.length < 1024;
      expect([value, taken]).toEqual([value, isShownOnly]);
    }
  });

  it.each(keyed.map((path) => [path.join('.'), path] as const))('is refused with a hostile key in %s', (_, path) => {
    const at = path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], target) as object;
    const [item] = Object.values(at);
    for (const key of hostile) {
      const put = replaced(target, path, 'PLACE');
      const text = JSON.stringify(put).replace('"PLACE"', JSON.stringify({ [key]: item }));
      expect([key, targetSchema.safeParse(JSON.parse(text)).success]).toEqual([key, false]);
    }
  });
});
