import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPlanGuard } from '../../../../agent/link/target/plan-guard.ts';
import { createPlanKey, publicPlanKey, signText } from '../../../../shared/node/plan-signature.ts';
import { type Assignment, type Target, targetSchema } from '../../../../shared/protocol/assignment.ts';
import type { SignedPlan } from '../../../../shared/protocol/signed-plan.ts';
import { sampleAssignment } from '../../samples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = createPlanKey();
const assignment = sampleAssignment();
const { name } = assignment.host;
const removed = { id: 'x', what: 'reset', giveUpCluster: true } as const;

const signedBy = (pem: string, more: Partial<SignedPlan> = {}) =>
  signText(JSON.stringify({ serial: 5, settings: assignment.settings, removals: [], ...more }), pem);
const target = (more: Partial<Target> = {}): Target => ({
  assignment,
  reason: { en: '', zh: '' },
  duties: [],
  ...more,
});
const paths = () => ({ planKey: join(folder, 'plan.pub'), planSerial: join(folder, 'serial') });
const pin = () => writeFileSync(paths().planKey, `${publicPlanKey(key)}\n`);
const guard = (given: Target) => createPlanGuard(paths(), name)(targetSchema.parse(given));

/** What a compromised coordinator may send: other packages, another role, another plugin, a removal. */
const hostile = (): Assignment => ({
  ...assignment,
  host: { ...assignment.host, name: 'master01', role: 'control-plane' },
  bootstrap: 'init',
  settings: {
    ...assignment.settings,
    runtime: { ...assignment.settings.runtime, package: 'evil' },
    hosts: [{ name, address: '10.0.0.9', role: 'control-plane' }],
  },
});

it('without a pinned key the coordinator decides', async () => {
  const given = target({ assignment: hostile(), leave: removed });
  expect(await guard(given)).toEqual(targetSchema.parse(given));
});

it.each(['\n', 'damaged'])('a pin that is no key (%j) is not a missing one: no plan is followed', async (pinned) => {
  writeFileSync(paths().planKey, pinned);
  for (const more of [{}, { signedPlan: signedBy(key) }])
    await expect(guard(target(more))).rejects.toMatchObject({
      code: 'plan-pin-invalid',
      message: expect.stringContaining(paths().planKey),
    });
});

it('with a pinned key, settings and roles are those that were signed', async () => {
  pin();
  const followed = await guard(target({ assignment: hostile(), signedPlan: signedBy(key) }));
  expect(followed.assignment?.settings).toEqual(assignment.settings);
  expect(followed.assignment).toMatchObject({
    bootstrap: assignment.bootstrap,
    host: { name, role: assignment.host.role },
  });
});

it('a plan that is unsigned, signed by another key, changed, or signed as something else is not followed', async () => {
  pin();
  const good = signedBy(key);
  const bad = [
    undefined,
    signedBy(createPlanKey()),
    { ...good, text: good.text.replace('"serial":5', '"serial":6') },
    { ...good, text: '{}' },
    signText('{}', key),
  ];
  for (const signedPlan of bad) {
    const more = signedPlan === undefined ? {} : { signedPlan };
    await expect(guard(target(more))).rejects.toMatchObject({ code: 'plan-unsigned' });
  }
});

it('an older plan is not followed, also after a restart of the agent', async () => {
  pin();
  await guard(target({ signedPlan: signedBy(key, { serial: 7 }) }));
  expect(readFileSync(paths().planSerial, 'utf8')).toBe('7\n');
  await expect(guard(target({ signedPlan: signedBy(key) }))).rejects.toMatchObject({ code: 'plan-outdated' });
  expect((await guard(target({ signedPlan: signedBy(key, { serial: 8 }) }))).assignment).not.toBeNull();
});

it('a host leaves only if the signature names it, and has nothing to do if the plan does not', async () => {
  pin();
  const of = (more: Partial<SignedPlan>) => guard(target({ leave: removed, signedPlan: signedBy(key, more) }));
  expect((await of({})).leave).toBeUndefined();
  expect((await of({ removals: [name] })).leave).toEqual(removed);
  expect((await of({ settings: { ...assignment.settings, hosts: [] } })).assignment).toBeNull();
});

it('a restore of etcd is allowed only if the removal of every other control plane is signed', async () => {
  pin();
  const planes = ['cp1', 'cp2'].map((cp, index) => ({
    ...{ name: cp, address: `10.0.0.${index + 1}`, role: 'control-plane' as const },
  }));
  const settings = { ...assignment.settings, hosts: planes };
  const of = async (removals: string[], host = 'cp1') => {
    const recovery = { id: 'r', host, from: 'member', isDone: false } as const;
    return (await guard(target({ recovery, signedPlan: signedBy(key, { settings, removals }) }))).recovery;
  };
  expect(await of([])).toMatchObject({ isUnsigned: true });
  expect(await of(['cp1'])).toMatchObject({ isUnsigned: true });
  expect(await of(['cp1', 'cp2'], 'stranger')).toMatchObject({ isUnsigned: true });
  expect((await of(['cp2']))?.isUnsigned).toBeUndefined();
});

it('duties concern hosts of the signed plan only', async () => {
  pin();
  const duty = (host: string) => ({ id: `d-${host}`, type: 'delete-node', host }) as const;
  const duties = [duty(name), duty('stranger')];
  expect((await guard(target({ duties, signedPlan: signedBy(key) }))).duties).toEqual([duty(name)]);
});

it('backups of the cluster may be encrypted to the recovery key that was signed, and to no other', async () => {
  pin();
  const [own, other] = ['q', 'p'].map((letter) => `age1${letter.repeat(58)}`);
  const wish = (recipient = '') => ({ everyMs: 1000, keep: 2, recipient });
  const asked = async (recipient: string | undefined, more: Partial<SignedPlan> = {}) =>
    (await guard(target({ clusterBackup: wish(recipient), signedPlan: signedBy(key, more) }))).clusterBackup;
  expect(await asked(own, { recoveryKey: own })).toEqual(wish(own));
  for (const signed of [{}, { recoveryKey: own }])
    expect(await asked(other, signed)).toEqual({ ...wish(other), isUnsigned: true });
});
