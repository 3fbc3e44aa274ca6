import { access, constants, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { createRecoveryKey, encrypt } from '../../../shared/node/age.ts';
import { writeAtomically } from '../../../shared/node/files.ts';
import { type LocalText, verbatim } from '../../../shared/text/local-text.ts';
import { readAbout } from '../../upkeep/backup/archive.ts';
import { signingKeyOf } from '../../upkeep/backup/signature.ts';
import { createSafekeepingClient } from '../safekeeping-client.ts';
import { ask } from '../terminal/ask.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';

export interface BackupOptions extends SocketOptions {
  to?: string;
  passphraseFile?: string;
}

const words = {
  notEncrypted: {
    en: 'The backup contains the CA’s private key and is not encrypted: restrict access to it.',
    zh: '备份包含 CA 的私钥且未加密：请限制对它的访问。',
  },
  encrypted: { en: 'The backup is encrypted; keep the passphrase.', zh: '备份已加密；请保管好口令。' },
  writeDown: { en: 'Store this recovery key away from these machines.', zh: '请将此恢复密钥保存在这些机器之外。' },
  shownOnce: {
    en: 'It is shown once and decrypts the backup copies on other hosts:',
    zh: '它只显示一次，用于解密其他主机上的备份副本：',
  },
  publicHalf: (key: string) => ({
    en: `Public half, for muster plan sign --recovery-key: ${key}`,
    zh: `公钥（muster plan sign --recovery-key 使用它）：${key}`,
  }),
  passphrase: { en: 'Passphrase: ', zh: '口令：' },
  recoveryKey: { en: 'Recovery key: ', zh: '恢复密钥：' },
  restored: (at: string, cluster: string, revision: number) => ({
    en: `Restored the state of ${at} (cluster ${cluster}, revision ${revision}).`,
    zh: `已恢复 ${at} 的状态（集群 ${cluster}，修订号 ${revision}）。`,
  }),
  planRestored: (plan: string) => ({ en: `Restored the plan ${plan}.`, zh: `已恢复计划 ${plan}。` }),
  planKept: (plan: string) => ({ en: `Kept the existing plan ${plan}.`, zh: `保留了现有计划 ${plan}。` }),
  aside: (path: string) => ({ en: `Moved the previous state to ${path}.`, zh: `先前的状态已移至 ${path}。` }),
  next: (url: string) => ({ en: `Agents connect to ${url}. Next:`, zh: `代理会连接 ${url}。接下来请运行：` }),
};

const minPassphrase = 12;

/** Writes a backup to FILE, or under the default name if FILE is a directory; stdout gets only its path. */
export async function backup(io: Io, file: string | undefined, options: BackupOptions): Promise<void> {
  const passphrase = options.passphraseFile === undefined ? undefined : await readSecretFile(options.passphraseFile);
  if (passphrase !== undefined && passphrase.length < minPassphrase) {
    throw new MusterError('passphrase-short', { length: passphrase.length, least: minPassphrase });
  }
  const open = await createSafekeepingClient(options.socket).backup();
  // Encrypts here rather than in the coordinator: deriving the key occupies a core, and the passphrase stays in this
  // process.
  const archive = passphrase === undefined ? open : await encrypt(ReadableStream.from([open]), { passphrase });
  const { createdAt, cluster } = await readAbout(open);
  const suffix = passphrase === undefined ? '' : '.age';
  const name = `muster-${cluster}-${createdAt.replace(/[-:]|\.\d+/g, '')}.tar.gz${suffix}`;
  const path = resolve(file ?? join(options.to ?? '.', name));
  await writeAtomically(path, archive, { mode: 0o600, folderMode: null });
  io.stdout.write(`${path}\n`);
  io.stderr.write(`${(passphrase === undefined ? words.notEncrypted : words.encrypted)[io.language]}\n`);
}

export interface RecoveryKeyOptions extends SocketOptions {
  replace?: true;
}

/** Creates the key that copies on other hosts are encrypted to. The secret key is printed once and stored nowhere. */
export async function recoveryKey(io: Io, options: RecoveryKeyOptions): Promise<void> {
  const client = createSafekeepingClient(options.socket);
  if (!options.replace && (await client.hasRecoveryKey())) {
    throw new MusterError('recovery-key-there');
  }
  const { secret, publicKey } = await createRecoveryKey();
  await client.setRecoveryKey({ publicKey, signingKey: signingKeyOf(secret) });
  const paint = createPaint(io.stderr, io.env);
  io.stderr.write(`${paint.strong(words.writeDown[io.language])} ${words.shownOnce[io.language]}\n\n`);
  io.stdout.write(`${secret}\n`);
  io.stderr.write(`\n${words.publicHalf(publicKey)[io.language]}\n`);
}

export interface RestoreCommandOptions extends SocketOptions {
  state: string;
  plan: string;
  replace?: true;
  unencrypted?: true;
  keyFile?: string;
}

export async function restore(io: Io, file: string, options: RestoreCommandOptions): Promise<void> {
  const [, { restore: put }, { isAnswering }] = await Promise.all([
    access(file, constants.R_OK).catch((cause: unknown) => {
      throw unreadable(file, cause);
    }),
    import('../../upkeep/backup/restore.ts'),
    import('../../server/connections/listen.ts'),
  ]);
  if (await isAnswering(options.socket)) {
    throw new MusterError('already-running', { socket: options.socket });
  }
  const { about, aside, planRestored } = await put({
    archive: file,
    state: options.state,
    plan: options.plan,
    replace: options.replace === true,
    unencrypted: options.unencrypted === true,
    now: new Date(),
    secret: async (kind) => {
      if (options.keyFile !== undefined) return readSecretFile(options.keyFile);
      return ask(
        words[kind === 'passphrase' ? 'passphrase' : 'recoveryKey'][io.language],
        'muster restore --key-file FILE BACKUP',
      );
    },
  });
  const lines: LocalText[] = [
    words.restored(about.createdAt, about.cluster, about.revision),
    planRestored ? words.planRestored(options.plan) : words.planKept(options.plan),
    ...(aside === null ? [] : [words.aside(aside)]),
    words.next(about.url),
    verbatim('    systemctl start muster-coordinator'),
    verbatim('    muster recover --restored'),
  ];
  for (const line of lines) io.stderr.write(`${line[io.language]}\n`);
}

/** The first line of a file that only its owner can read. */
async function readSecretFile(path: string): Promise<string> {
  const { mode } = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if ((mode & 0o077) !== 0) {
    throw new MusterError('loose-mode', { path, mode: (mode & 0o777).toString(8) });
  }
  return (await readFile(path, 'utf8')).split('\n')[0]?.trim() ?? '';
}

const unreadable = (path: string, cause: unknown) =>
  new MusterError('file-unreadable', { path, reason: reasonOf(cause) }, { cause });
