import { expect, test } from 'vitest';
import { actionsOf } from '../../../shared/steps/actions.ts';
import { definitionOf, type StepId, stepsOf } from '../../../shared/steps/catalogue.ts';
import { unknownHost } from '../../../shared/steps/definition.ts';
import { describeSteps } from '../../../shared/steps/describe.ts';
import { languages } from '../../../shared/text/local-text.ts';
import { assignmentOf } from '../kubeadm/assignment.ts';

test.each([
  ['master01', 'init', 'control-plane'],
  ['node01', 'join', 'worker'],
] as const)('%s has every step of %s, each with a description in both languages', (host, bootstrap, role) => {
  for (const language of languages) {
    const steps = describeSteps(assignmentOf(host), language);
    expect(steps.map(({ id }) => id)).toEqual(stepsOf(bootstrap, role).map(({ id }) => id));
    for (const { lines } of steps) expect(lines).not.toEqual([]);
  }
});

const runs = (id: StepId, plan: Parameters<typeof assignmentOf>) =>
  definitionOf[id]
    .changes(assignmentOf(...plan), unknownHost)
    .flatMap((change) => actionsOf(change))
    .flatMap((action) => (action.do === 'run' ? [action.what.en] : []));

test('packages are shown with the version passed to the package manager', () => {
  expect(runs('packages', ['node01', { kubernetes: { version: '1.30.2-1.1' } }])).toContain(
    [
      'apt-get install -y containerd conntrack iproute2 iptables ethtool socat ebtables cri-tools',
      'kubeadm=1.30.2-1.1 kubelet=1.30.2-1.1 kubectl=1.30.2-1.1',
    ].join(' '),
  );
  expect(runs('packages', ['node01', { kubernetes: { version: '1.30.2' } }])[1]).toContain('kubeadm=1.30.2-*');
});

test('planned labels and taints are shown for their host', () => {
  const hosts = [
    { name: 'master01', address: '10.1.0.1', role: 'control-plane' },
    { name: 'node01', address: '10.1.0.2', role: 'worker', labels: { disk: 'ssd' }, taints: ['a=b:NoSchedule'] },
  ];
  const changes = (host: string) =>
    definitionOf['labels-and-taints'].changes(assignmentOf(host, { hosts }), unknownHost);
  expect(changes('node01')).toEqual([
    {
      kind: 'node-properties',
      labels: { disk: 'ssd' },
      taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }],
    },
  ]);
  expect(changes('master01')).toEqual([]);
});

test('the rule that drops packets to services is shown with the planned range', () => {
  const network = { plugin: { flannel: 'v0.25.1' }, serviceSubnet: '10.97.0.0/16' };
  expect(runs('kubeadm-join', ['node01', { network }])).toContain(
    'iptables -w -I OUTPUT -d 10.97.0.0/16 -m comment --comment muster -j DROP',
  );
});
