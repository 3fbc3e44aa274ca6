import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signPlan } from '../../../../coordinator/cli/handlers/plan-sign.ts';
import type { Io } from '../../../../coordinator/cli/terminal/io.ts';
import { createRecoveryKey } from '../../../../shared/node/age.ts';
import { isSignedBy } from '../../../../shared/node/plan-signature.ts';
import { signedPlanSchema } from '../../../../shared/protocol/signed-plan.ts';
import { enrolled, planText, removeFolder, start, tempFolder } from '../../support.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  writeFileSync(plan(), planText());
});
afterEach(() => removeFolder(folder));

const plan = () => join(folder, 'cluster.yaml');
const io = { stderr: { write: () => true }, stdout: { write: () => true }, language: 'en', env: {} } as unknown as Io;
const sign = (more: object = {}) =>
  signPlan(io, plan(), { key: join(folder, 'plan.key'), socket: join(folder, 'sock'), ...more });

it('writes a signature and the public key beside the plan, and a key that only its owner can read', async () => {
  await expect(sign()).rejects.toMatchObject({ code: 'plan-key-missing' });
  await sign({ createKey: true, allowRemoval: ['node02'] });
  expect(statSync(join(folder, 'plan.key')).mode & 0o777).toBe(0o600);
  const signed = JSON.parse(readFileSync(`${plan()}.sig`, 'utf8'));
  const publicKey = readFileSync(join(folder, 'plan-signing.pub'), 'utf8').trim();
  expect(isSignedBy(signed, publicKey)).toBe(true);
  expect(signedPlanSchema.parse(JSON.parse(signed.text)).removals).toEqual(['node02']);
  await expect(sign({ allowRemoval: ['node09'] })).rejects.toMatchObject({ code: 'host-unknown' });
});

it('the coordinator passes the signature on, pins the key in install commands, and reports an unsigned change', async () => {
  await sign({ createKey: true });
  const coordinator = await start({ folder });
  try {
    const { headers } = await enrolled(coordinator, 'node01');
    const target = async () => (await coordinator.ask('/v1/target', { headers })).body;
    const signed = JSON.parse(readFileSync(`${plan()}.sig`, 'utf8'));
    expect((await target()).signedPlan).toEqual(signed);
    const { command } = (await coordinator.operator('/v1/tokens', { body: { host: 'node02' } })).body;
    expect(command).toContain(
      ` MUSTER_PLAN_KEY=${readFileSync(join(folder, 'plan-signing.pub'), 'utf8').trim()} sudo -E sh`,
    );
    const notices = async () =>
      (await coordinator.operator('/v1/status')).body.notices.map(({ code }: { code: string }) => code);
    expect(await notices()).not.toContain('plan-signature-outdated');

    writeFileSync(plan(), planText('journalMaxUse: 2G\n'));
    await expect.poll(notices).toContain('plan-signature-outdated');
    await sign();
    await expect.poll(notices).not.toContain('plan-signature-outdated');
    expect((await target()).signedPlan).not.toEqual(signed);
  } finally {
    await coordinator.stop({ keep: true });
  }
});

it('shows what is new since the last signature of the key, and asks at a terminal', async () => {
  let said = '';
  const answers: string[] = [];
  const terminal = {
    ...io,
    stderr: { write: (text: string) => (said += text) },
    ask: async () => answers.shift() ?? 'nobody should ask',
  } as unknown as Io;
  const at = (more: object = {}) => {
    said = '';
    const options = { key: join(folder, 'plan.key'), socket: join(folder, 'sock'), ...more };
    return signPlan(terminal, plan(), options);
  };
  await at({ createKey: true, yes: true });
  await at();
  expect(said).not.toContain('runtime');
  // As a coordinator may write it, where several share the plan.
  const mirror = 'runtime: {name: docker, registryMirrors: ["https://evil.example"]}';
  writeFileSync(plan(), planText().replace('runtime: docker', mirror).replace('10.77.0.12', '10.77.0.13'));
  answers.push('n');
  await expect(at()).rejects.toMatchObject({ code: 'not-confirmed' });
  expect(said).toMatch(/~ runtime.*evil\.example/);
  expect(said).toContain('~ node02: changed: address');
  // Without the earlier signature there is nothing to compare with, which is said.
  rmSync(`${plan()}.sig`);
  answers.push('n');
  await expect(at()).rejects.toMatchObject({ code: 'not-confirmed' });
  expect(said).toContain('muster plan show');
  answers.push('y');
  await at();
  expect(statSync(`${plan()}.sig`).isFile()).toBe(true);
});

it.runIf(process.getuid?.() === 0)('signs with no key of another user, such as the coordinator’s', async () => {
  await sign({ createKey: true });
  chownSync(join(folder, 'plan.key'), 54_321, 54_321);
  await expect(sign()).rejects.toMatchObject({ code: 'plan-key-foreign' });
});

it('names the recovery key that backups of the cluster may be encrypted to, and keeps it in later signatures', async () => {
  const { publicKey } = await createRecoveryKey();
  const signed = () => signedPlanSchema.parse(JSON.parse(JSON.parse(readFileSync(`${plan()}.sig`, 'utf8')).text));
  await sign({ createKey: true });
  expect(signed().recoveryKey).toBeUndefined();
  await sign({ recoveryKey: publicKey });
  await sign();
  expect(signed().recoveryKey).toBe(publicKey);
  await expect(sign({ recoveryKey: 'age1x' })).rejects.toMatchObject({ code: 'recovery-key-invalid' });
  await sign({ key: join(folder, 'other.key'), createKey: true });
  expect(signed().recoveryKey, 'of another key').toBeUndefined();
});
