import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../../../coordinator/store/store.ts';
import { etcdNotices, etcdView } from '../../../coordinator/view/etcd.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import type { EtcdFacts } from '../../../shared/protocol/facts.ts';
import { enrolled, facts, planText, start, type TestCoordinator } from '../support.ts';

const member = (id: string, name: string) => ({
  ...{ id, name, peerUrl: '', isLearner: false, answers: true },
  ...{ version: '3.4.13', dbBytes: 1, inUseBytes: 1 },
});
const members = [member('1', 'master01'), member('2', 'node01'), member('3', 'node02')];
const seeing = (self: string | null, leader: string | null): EtcdFacts => ({
  ...{ external: false, self, leader, members: self === null ? [] : members, revision: null, alarms: null },
  ...{ quotaBytes: null, fsyncMs: null, commitMs: null, replaced: null },
});

let coordinator: TestCoordinator | undefined;
afterEach(() => coordinator?.stop());

it('a report of a silent control plane does not hide that those that are heard have no quorum', async () => {
  const text = planText().replaceAll('role: worker', 'role: control-plane');
  coordinator = await start({ planText: text });
  const report = async (name: 'master01' | 'node01', etcd: EtcdFacts) =>
    (await enrolled(coordinator as TestCoordinator, name)).report({ facts: facts({ machineId: name, etcd }) });
  await report('node01', seeing('2', '2'));
  await report('master01', seeing(null, null));
  const store = openStore(join(coordinator.state, 'muster.db'));
  const { plan } = parsePlan(text, { readFile: () => '' });
  if (plan === null) throw new Error('the plan is invalid');
  const view = (silent: readonly string[]) => {
    const lastContact = (host: string, stored: number) => (silent.includes(host) ? stored - 600_000 : stored);
    return etcdView({ store, plan, lastContact, now: new Date() });
  };
  expect(view([])).toMatchObject({ seenBy: 'node01', hasQuorum: true });
  const lost = view(['node01']);
  expect(lost).toMatchObject({ hasQuorum: false, members: Array(3).fill({ answers: false, isLeader: false }) });
  expect(etcdNotices(lost)).toMatchObject([{ code: 'etcd-no-quorum' }]);
  expect(view(['master01', 'node01'])).toMatchObject({ hasQuorum: true });
  store.close();
});

it('a member that never started is named by its planned address, and learners do not count for the quorum', async () => {
  const text = planText().replaceAll('role: worker', 'role: control-plane');
  coordinator = await start({ planText: text });
  const { plan } = parsePlan(text, { readFile: () => '' });
  const address = plan?.hosts.find(({ name }) => name === 'node01')?.address;
  const unstarted = { ...member('2', ''), peerUrl: `https://${address}:2380`, answers: false };
  const learner = { ...member('3', 'node02'), isLearner: true };
  const etcd = { ...seeing('1', null), members: [member('1', 'master01'), unstarted, learner] };
  await (await enrolled(coordinator, 'master01')).report({ facts: facts({ etcd }) });
  const store = openStore(join(coordinator.state, 'muster.db'));
  if (plan === null) throw new Error('the plan is invalid');
  const [notice] = etcdNotices(etcdView({ store, plan, lastContact: (_host, stored) => stored, now: new Date() }));
  expect(notice?.text.en).toMatch(/1 of 2 voting members answer; required: 2\. Start node01\./);
  store.close();
});

it.each([
  [true, 'an external etcd is to be started, and is not restored'],
  [false, 'a lost quorum names the command that restores etcd'],
])('isExternal %s: %s', (isExternal) => {
  const away = { ...{ id: '1', name: 'etcd1', answers: false, isLeader: false, isLearner: false }, version: null };
  const members = [{ ...away, dbBytes: null, inUseBytes: null }];
  const [notice] = etcdNotices({ seenBy: 'master01', isExternal, hasQuorum: false, members, restorable: null });
  for (const text of Object.values(notice?.text ?? {})) {
    expect(text).toContain('etcd1');
    expect(text.includes('muster recover')).toBe(!isExternal);
  }
});
