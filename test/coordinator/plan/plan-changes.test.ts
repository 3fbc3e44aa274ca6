import { expect, test } from 'vitest';
import { planChanges } from '../../../coordinator/plan/plan-changes.ts';
import { valueText } from '../../../shared/plan/effects/notes.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import { plan } from '../plans.ts';

function edited(edit: (plan: Plan) => void): Plan {
  const after = structuredClone(plan());
  edit(after);
  return after;
}
const kinds = (before: Plan, after: Plan, running = before.settings) =>
  planChanges(before, after, [{ name: 'node01', enrolledAt: 'x' }], running).map(({ kind, host }) => [kind, host]);

test('equal plans have no changes', () => expect(kinds(plan(), plan())).toEqual([]));

test('a setting that the running cluster does not get is listed as not applied, also when it was planned before', () => {
  const other = edited(({ settings }) => Object.assign(settings.network, { podSubnet: '10.1.0.0/16' }));
  expect(kinds(plan(), other)).toEqual([['not-applied', null]]);
  expect(kinds(other, other, plan().settings)).toEqual([['not-applied', null]]);
  const [change] = planChanges(plan(), other, [], plan().settings);
  expect(change?.text.en).toContain('10.1.0.0/16');
  expect(change?.text.en).toContain(plan().settings.network.podSubnet);
});

test('before there is a cluster the same change is applied', () => {
  const other = edited(({ settings }) => Object.assign(settings.network, { podSubnet: '10.1.0.0/16' }));
  expect(planChanges(plan(), other, [], null).map(({ kind }) => kind)).toEqual(['settings']);
});

test('a range of NodePort Services is listed once, as a field of its own', () => {
  const other = edited(({ settings: { kubernetes, network } }) => {
    kubernetes.components.clusterConfiguration = { apiServer: { extraArgs: { 'service-node-port-range': '31000' } } };
    network.nodePorts = { from: 31_000, to: 31_000 };
  });
  expect(kinds(plan(), other)).toEqual([['not-applied', null]]);
  const [change, ...others] = planChanges(plan(), other, [], null);
  expect(change?.text.en).toContain('service-node-port-range: 30000-32767 -> 31000-31000');
  expect(others).toEqual([]);
});

test('each changed field is listed once, and the removal of an enrolled host needs consent', () => {
  const other = edited((all) => {
    all.settings.runtime.insecureRegistries = ['r.example.com'];
    all.settings.preparation.firewall = 'off';
    all.recovery = 'auto';
    all.hosts = all.hosts.filter(({ name }) => name !== 'node01');
  });
  expect(kinds(plan(), other)).toEqual([['removed', 'node01'], ...Array(3).fill(['settings', null])]);
  expect(planChanges(plan(), other, [{ name: 'node01', enrolledAt: 'x' }])[0]?.needsConsent).toBe(true);
});

test('of an object only what differs is shown', () => {
  expect(valueText({ a: { b: 1, c: [1] }, d: 2 }, { a: { b: 1, c: [2] }, d: 2 }).en).toBe('a.c: [1]');
  expect(valueText({ host: 'api', port: 6443 }, null).en).toBe('api:6443');
  expect(valueText({}, { a: 1 })).not.toEqual(valueText({ a: 1 }, {}));
});

test('a value of a telling name, and a password in a URL, is not shown', () => {
  const secret = 'planted-secret-planted';
  const values = [{ apiServer: { extraArgs: { 'oidc-client-secret': secret } } }, `http://u:${secret}@proxy:3128`];
  const inList = { extraArgs: [{ name: 'oidc-client-secret', value: secret }] };
  for (const value of [...values, inList]) expect(valueText(value, null).en).not.toContain(secret);
});
