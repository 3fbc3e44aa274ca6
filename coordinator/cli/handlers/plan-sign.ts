import { existsSync, readFileSync, statSync } from 'node:fs';
import { MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { jsonOrUndefined } from '../../../shared/json.ts';
import { isRecoveryPublicKey } from '../../../shared/node/age.ts';
import { writeAtomically } from '../../../shared/node/files.ts';
import { createPlanKey, isSignedBy, publicPlanKey, signText } from '../../../shared/node/plan-signature.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import { type SignedPlan, signedPlanSchema } from '../../../shared/protocol/signed-plan.ts';
import { type PlanChange, planChanges } from '../../plan/plan-changes.ts';
import { planKeyFile, readSignature, signatureFile } from '../../plan/signature.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { loadPlan, tellNotes, unappliedSettings } from './plan.ts';
import { told } from './plan-change.ts';

export interface SignOptions extends SocketOptions {
  key: string;
  createKey?: true;
  yes?: true;
  /** Hosts that the coordinator may remove. */
  allowRemoval?: string[];
  /** Public half of the recovery key that backups of the cluster may be encrypted to. */
  recoveryKey?: string;
}

const words = {
  created: (path: string) => ({
    en: `Created the signing key ${path}. Keep it from the coordinator’s user, or move it off this machine.`,
    zh: `已创建签名密钥 ${path}。请勿让协调器的用户读取，或将其移出本机。`,
  }),
  signed: (path: string, key: string) => ({
    en: `Wrote ${path}. Public key: ${key}`,
    zh: `已写入 ${path}。公钥：${key}`,
  }),
  since: {
    en: 'Changes since this key signed the plan:',
    zh: '自上次用此密钥签名以来的更改：',
  },
  first: {
    en: 'The plan has no earlier signature of this key. Hosts that pin the key will follow the whole plan; to review it: muster plan show',
    zh: '计划没有此密钥的更早签名。固定了此密钥的主机将遵循整个计划；查看计划：muster plan show',
  },
  question: { en: 'Sign this plan?', zh: '为此计划签名？' },
  pins: {
    en: 'Install commands created from now on pin this key on their hosts.',
    zh: '此后创建的安装命令会在主机上固定此密钥。',
  },
};

/**
 * `muster plan sign`: shows what is new to the hosts, because several coordinators write the plan, and writes the signature
 * and the public key beside it. Throws MusterError `plan-key-missing`, `plan-key-invalid`, `plan-key-foreign`,
 * `host-unknown`, `recovery-key-invalid`, `not-confirmed`, and what `loadPlan` throws.
 */
export async function signPlan(io: Io, file: string, options: SignOptions): Promise<void> {
  const plan = loadPlan(io, file);
  const removals = [...new Set(options.allowRemoval ?? [])];
  refuseUnknown(plan, removals);
  // Hosts that pin the key follow the signed values, also those that a running cluster cannot take over.
  tellNotes(io, await unappliedSettings(plan, options.socket));
  const key = await keyOf(io, options);
  const before = signedBefore(file, key.publicKey);
  await confirm(io, before && changesSince(before, plan), options);
  const recoveryKey = await recoveryKeyOf(options, before);
  const statement: SignedPlan = { serial: Date.now(), settings: plan.settings, removals, ...recoveryKey };
  const like = statSync(file);
  const beside = { mode: 0o644, like };
  await writeAtomically(
    signatureFile(file),
    `${JSON.stringify(signText(JSON.stringify(statement), key.pem))}\n`,
    beside,
  );
  await writeAtomically(planKeyFile(file), `${key.publicKey}\n`, beside);
  io.stderr.write(`${words.signed(signatureFile(file), key.publicKey)[io.language]}\n`);
  if (options.createKey === true) io.stderr.write(`${words.pins[io.language]}\n`);
}

/** Labels and taints are not signed. */
function changesSince({ settings }: SignedPlan, plan: Plan): PlanChange[] {
  const own = new Map(plan.hosts.map((host) => [host.name, host]));
  const hosts = settings.hosts.map((host) => ({ labels: {}, taints: [], ...own.get(host.name), ...host }));
  const enrolled = settings.hosts.map(({ name }) => ({ name, enrolledAt: '' }));
  return planChanges({ ...plan, settings, hosts }, plan, enrolled);
}

/** Shows the changes, null: there is nothing to compare with, and asks at a terminal. */
async function confirm(io: Io, changes: readonly PlanChange[] | null, { yes }: SignOptions): Promise<void> {
  if (changes?.length === 0) return;
  const what = changes === null ? '' : told(io, changes);
  io.stderr.write(`${words[changes === null ? 'first' : 'since'][io.language]}\n${what}`);
  if (io.ask === undefined || yes === true) return;
  const answer = await io.ask(`${words.question[io.language]} [y/N] `);
  if (!/^(y|yes|是)$/i.test(answer.trim())) throw new MusterError('not-confirmed');
}

function refuseUnknown({ hosts }: Plan, removals: readonly string[]): void {
  const known = hosts.map(({ name }) => name);
  const unknown = removals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new MusterError('host-unknown', { host: unknown, known });
}

/** The statement that this key signed before; null: none. */
function signedBefore(file: string, publicKey: string): SignedPlan | null {
  const signed = readSignature(file);
  if (signed === null || !isSignedBy(signed, publicKey)) return null;
  return signedPlanSchema.safeParse(jsonOrUndefined(signed.text)).data ?? null;
}

async function recoveryKeyOf(
  { recoveryKey }: SignOptions,
  before: SignedPlan | null,
): Promise<Pick<SignedPlan, 'recoveryKey'>> {
  if (recoveryKey === undefined) return before?.recoveryKey === undefined ? {} : { recoveryKey: before.recoveryKey };
  if (!(await isRecoveryPublicKey(recoveryKey))) throw new MusterError('recovery-key-invalid', { prefix: 'age1' });
  return { recoveryKey };
}

async function keyOf(io: Io, { key: path, createKey }: SignOptions): Promise<{ pem: string; publicKey: string }> {
  if (createKey === true && !existsSync(path)) {
    await writeAtomically(path, createPlanKey(), { mode: 0o600 });
    io.stderr.write(`${words.created(path)[io.language]}\n`);
  }
  if (!existsSync(path)) throw new MusterError('plan-key-missing', { path });
  refuseForeign(io, path);
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) throw new MusterError('loose-mode', { path, mode: mode.toString(8) });
  try {
    const pem = readFileSync(path, 'utf8');
    return { pem, publicKey: publicPlanKey(pem) };
  } catch (cause) {
    throw new MusterError('plan-key-invalid', { path, reason: reasonOf(cause) }, { cause });
  }
}

/** Where coordinators share the plan, their user could put a key of its own in place of the operator's. */
function refuseForeign({ env }: Io, path: string): void {
  const { uid } = statSync(path);
  if ([process.getuid?.(), 0, Number(env.SUDO_UID)].includes(uid)) return;
  throw new MusterError('plan-key-foreign', { path, uid });
}
