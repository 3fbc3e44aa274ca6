import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { exitCode, MusterError } from '../../../shared/errors/errors.ts';
import { decrypt, encrypt, encryptionSchema, keyFor, keyOf, type Recipient } from './seal.ts';

/** What can be read of an archive without its key. */
const headerSchema = z.object({
  createdAt: z.iso.datetime(),
  /** muster's version. */
  version: z.string(),
  cluster: z.string(),
  /** Where agents reach the coordinator: it must come back there. */
  url: z.string(),
  revision: z.number().int().nonnegative(),
  encryption: encryptionSchema.nullable(),
});
export type BackupHeader = z.infer<typeof headerSchema>;
export type BackupAbout = Omit<BackupHeader, 'encryption'>;

const manifestSchema = z.object({ files: z.record(z.string(), z.string()) });
const magic = 'muster-backup 1';
const manifestName = 'manifest.json';

/**
 * An archive: the line `muster-backup 1`, a line of JSON (the header), then a .tar.gz, which is encrypted where the header says so. In the
 * tar stands manifest.json with the SHA-256 of every other file.
 */
export async function pack(folder: string, about: BackupAbout): Promise<Buffer> {
  const names = await filesBelow(folder);
  const sums = await Promise.all(names.map(async (name) => [name, hash('sha256', await readFile(join(folder, name)))]));
  await writeFile(join(folder, manifestName), JSON.stringify({ files: Object.fromEntries(sums) }));
  const tar = await execa('tar', ['--owner=0', '--group=0', '-C', folder, '-czf', '-', '.'], {
    encoding: 'buffer',
    stdin: 'ignore',
    maxBuffer: 2 ** 30,
  });
  return Buffer.concat([Buffer.from(clear({ ...about, encryption: null })), tar.stdout]);
}

/** The same archive, encrypted. */
export function lock(archive: Buffer, recipient: Recipient): Buffer {
  const { header, body } = readHeader(archive);
  const { encryption, key } = keyFor(recipient);
  const head = clear({ ...header, encryption });
  return Buffer.concat([Buffer.from(head), encrypt(body, key, encryption, head)]);
}

const clear = (header: BackupHeader) => `${magic}\n${JSON.stringify(header)}\n`;

/** The part that needs no key. Throws `not-a-backup`. */
export function readHeader(archive: Buffer): { header: BackupHeader; head: string; body: Buffer } {
  const first = archive.indexOf('\n');
  const second = archive.indexOf('\n', first + 1);
  const head = archive.subarray(0, second + 1).toString();
  const [line, json] = head.split('\n');
  const parsed = headerSchema.safeParse(line === magic && json !== undefined ? parseJson(json) : undefined);
  if (!parsed.success) {
    throw new MusterError('not-a-backup', 'this file is no backup of muster, or its beginning is damaged', {
      exit: exitCode.badInput,
      remedy:
        'backups are in /var/lib/muster/backups on the coordinator, and in /var/lib/muster-agent/backups on other hosts',
    });
  }
  return { header: parsed.data, head, body: archive.subarray(second + 1) };
}

/** Unpacks into an empty folder and checks every file. `secret` is asked for only where the archive is encrypted. */
export async function unpack(
  archive: Buffer,
  folder: string,
  secret: (encryption: NonNullable<BackupHeader['encryption']>) => Promise<string>,
): Promise<BackupHeader> {
  const { header, head, body } = readHeader(archive);
  const { encryption } = header;
  const tar = encryption === null ? body : decrypt(body, keyOf(encryption, await secret(encryption)), encryption, head);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unpacked = await execa('tar', ['--no-same-owner', '-C', folder, '-xzf', '-'], { input: tar, reject: false });
  if (unpacked.failed) throw damaged(`tar: ${unpacked.stderr}`);
  const manifest = manifestSchema.safeParse(
    parseJson(await readFile(join(folder, manifestName), 'utf8').catch(() => '')),
  );
  if (!manifest.success) throw damaged('it has no list of its files');
  const names = (await filesBelow(folder)).filter((name) => name !== manifestName);
  const known = Object.entries(manifest.data.files);
  if (names.length !== known.length) throw damaged(`it has ${names.length} files, and its list ${known.length}`);
  for (const [name, sum] of known) {
    if (!names.includes(name)) throw damaged(`${name} is missing`);
    if (hash('sha256', await readFile(join(folder, name))) !== sum) throw damaged(`${name} is not as it was`);
  }
  return header;
}

const damaged = (seen: string) =>
  new MusterError('backup-damaged', `the backup is damaged: ${seen}`, {
    exit: exitCode.badInput,
    remedy: 'take another one: ls -l /var/lib/muster/backups',
  });

/** Regular files below a folder, relative to it, sorted. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
