import { access, constants, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { writeAtomically } from '../store/files.ts';
import { createRecoveryKey, encrypt } from '../upkeep/backup/age.ts';
import { readAbout } from '../upkeep/backup/archive.ts';
import { ask } from './ask.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint } from './paint.ts';
import { createSafekeepingClient } from './safekeeping-client.ts';

export interface BackupOptions extends SocketOptions {
  to?: string;
  passphraseFile?: string;
}

/** Writes a backup to FILE, or under a name of its own into a folder; its path alone goes to stdout. */
export async function backup(io: Io, file: string | undefined, options: BackupOptions): Promise<void> {
  const passphrase = options.passphraseFile === undefined ? undefined : await readSecretFile(options.passphraseFile);
  if (passphrase !== undefined && passphrase.length < 12) {
    throw new MusterError('passphrase-short', 'a passphrase of 12 characters at least is needed', {
      exit: exitCode.badInput,
    });
  }
  const open = await createSafekeepingClient(options.socket).backup();
  // Here and not in the coordinator: stretching a passphrase keeps a whole core busy, and the secret stays in this process.
  const archive = passphrase === undefined ? open : await encrypt(ReadableStream.from([open]), { passphrase });
  const { createdAt, cluster } = await readAbout(open);
  const suffix = passphrase === undefined ? '' : '.age';
  const name = `muster-${cluster}-${createdAt.replace(/[-:]|\.\d+/g, '')}.tar.gz${suffix}`;
  const path = resolve(file ?? join(options.to ?? '.', name));
  await writeAtomically(path, archive, 0o600);
  io.stdout.write(`${path}\n`);
  io.stderr.write(
    passphrase === undefined
      ? 'It holds the CA’s key and is not encrypted: keep it where only you can read it.\n'
      : 'It is encrypted: without the passphrase it is worth nothing.\n',
  );
}

export interface RecoveryKeyOptions extends SocketOptions {
  replace?: true;
}

/** Makes the key that copies on other hosts are encrypted to. The secret half is printed once, and is nowhere else. */
export async function recoveryKey(io: Io, options: RecoveryKeyOptions): Promise<void> {
  const client = createSafekeepingClient(options.socket);
  if (!options.replace && (await client.hasRecoveryKey())) {
    throw new MusterError(
      'recovery-key-there',
      'there is a recovery key already, whose secret was shown when it was made',
      {
        exit: exitCode.cannotCreate,
        remedy: 'muster recovery-key --replace   # if it is lost; copies made so far need the lost one',
      },
    );
  }
  const { secret, publicKey } = await createRecoveryKey();
  await client.setRecoveryKey(publicKey);
  const paint = createPaint(io.stderr, io.env);
  io.stderr.write(
    `${paint.strong('Write this down, away from these machines.')} It is shown only now, and opens the copies on other hosts:\n\n`,
  );
  io.stdout.write(`${secret}\n`);
}

export interface RestoreCommandOptions extends SocketOptions {
  state: string;
  plan: string;
  replace?: true;
  keyFile?: string;
}

/** Puts a backup in the place of the coordinator's state. */
export async function restore(io: Io, file: string, options: RestoreCommandOptions): Promise<void> {
  const [, { restore: put }, { isAnswering }] = await Promise.all([
    access(file, constants.R_OK).catch((cause: Error) => {
      throw new MusterError('backup-unreadable', `${file} can’t be read: ${cause.message}`, {
        exit: exitCode.badInput,
        cause,
      });
    }),
    import('../upkeep/backup/restore.ts'),
    import('../server/listen.ts'),
  ]);
  if (await isAnswering(options.socket)) {
    throw new MusterError('already-running', 'the coordinator runs: its state is not replaced under it', {
      exit: exitCode.cannotCreate,
      remedy: 'systemctl stop muster-coordinator',
    });
  }
  const { about, aside, planRestored } = await put({
    archive: file,
    state: options.state,
    plan: options.plan,
    replace: options.replace === true,
    now: new Date(),
    secret: async (kind) => {
      if (options.keyFile !== undefined) return readSecretFile(options.keyFile);
      const what = kind === 'passphrase' ? 'Passphrase' : 'Recovery key';
      return ask(`${what}: `, 'muster restore --key-file FILE BACKUP');
    },
  });
  const lines = [
    `Restored the state of ${about.createdAt} (cluster ${about.cluster}, revision ${about.revision}).`,
    planRestored ? `The plan is the one of then: ${options.plan}` : `The plan that stands in ${options.plan} was kept.`,
    ...(aside === null ? [] : [`What stood there before is in ${aside}.`]),
    `Agents look for the coordinator at ${about.url}. Next:`,
    '    systemctl start muster-coordinator',
    '    muster recover --restored',
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}

/** The first line of a file that nobody else may read. */
async function readSecretFile(path: string): Promise<string> {
  const { mode } = await stat(path).catch((cause: Error) => {
    throw new MusterError('key-file', `${path} can’t be read: ${cause.message}`, { exit: exitCode.badInput, cause });
  });
  if ((mode & 0o077) !== 0) {
    throw new MusterError('loose-mode', `${path} can be read by others`, {
      exit: exitCode.notPermitted,
      remedy: `chmod 600 ${path}`,
    });
  }
  return (await readFile(path, 'utf8')).split('\n')[0]?.trim() ?? '';
}
