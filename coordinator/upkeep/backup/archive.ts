import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { parseJson } from '../../../shared/json.ts';
import { decrypt, type SecretKind, secretKindOf } from '../../../shared/node/age.ts';
import { unlessMissing } from '../../../shared/node/files.ts';
import { url } from '../../../shared/plan/patterns.ts';
import { releaseVersion } from '../../../shared/protocol/release.ts';
import { hostName, withoutControls } from '../../../shared/protocol/text.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { isSigned, signed, signingKeyOf } from './signature.ts';
import { unexpectedEntry } from './untrusted.ts';

const aboutSchema = z.object({
  createdAt: z.iso.datetime(),
  /** muster's version. */
  version: releaseVersion,
  /** Becomes part of a file name. */
  cluster: hostName,
  /** The URL for agents. A restored coordinator must have the same address. */
  url: z.string().regex(url),
  revision: z.number().int().nonnegative(),
});
export type BackupAbout = z.infer<typeof aboutSchema>;

/** `files`: the SHA-256 of every other file, by its path. */
const manifestSchema = aboutSchema.extend({ files: z.record(z.string(), z.string()) });
const manifestName = 'manifest.json';
const signatureName = 'manifest.sig';
/** Files of an archive that are not part of the state. */
export const manifestFiles: readonly string[] = [manifestName, signatureName];
/** Size limit of each of them, in bytes. */
const mostManifest = 1024 ** 2;

/** Packs a folder into an archive: a .tar.gz with manifest.json and its signature. `signingKey`: null: unsigned. */
export async function pack(folder: string, about: BackupAbout, signingKey: string | null): Promise<Buffer> {
  const names = await filesBelow(folder);
  const sums = await Promise.all(names.map(async (name) => [name, hash('sha256', await readFile(join(folder, name)))]));
  const manifest: z.infer<typeof manifestSchema> = { ...about, files: Object.fromEntries(sums) };
  const text = JSON.stringify(manifest);
  await writeFile(join(folder, manifestName), text);
  if (signingKey !== null) await writeFile(join(folder, signatureName), signed(Buffer.from(text), signingKey));
  const tar = await execa('tar', ['--owner=0', '--group=0', '-C', folder, '-czf', '-', '.'], {
    encoding: 'buffer',
    stdin: 'ignore',
    maxBuffer: 2 ** 30,
  });
  return Buffer.from(tar.stdout);
}

/** Reads the manifest of an unencrypted archive. Throws MusterError `backup-damaged`. */
export async function readAbout(archive: Buffer): Promise<BackupAbout> {
  const options = { input: archive, reject: false, maxBuffer: mostManifest } as const;
  const { stdout } = await execa('tar', ['-xzOf', '-', `./${manifestName}`], options);
  return readManifest(String(stdout));
}

export interface UnpackOptions {
  /** Asks for the recovery key or passphrase of an encrypted archive. */
  secret: (kind: SecretKind) => Promise<string>;
  /** Accepts an archive that is not encrypted: anyone could have made it. */
  unencrypted: boolean;
  /** Size limit of the unpacked backup, in bytes. Default 4 GiB: anyone can make a file that unpacks to any size. */
  most?: number;
}

/**
 * Unpacks an archive into an empty folder and verifies who made it, then every file. Anyone can encrypt to a recovery
 * key, so such an archive must be signed; a passphrase authenticates. Throws MusterError `not-a-backup`,
 * `backup-outdated`, `backup-unencrypted`, `backup-unsigned`, `backup-forged`, `backup-damaged`, and what `decrypt`
 * throws.
 */
export async function unpack(file: string, folder: string, options: UnpackOptions): Promise<BackupAbout> {
  const { content, kind, secret } = await openArchive(file, options);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await extract(content, folder, options.most);
  const unexpected = await unexpectedEntry(folder);
  if (unexpected !== null) throw damaged(says.unexpected(JSON.stringify(unexpected)));
  const manifest = await readSmall(join(folder, manifestName));
  if (kind === 'recovery-key') await verifySignature(file, folder, manifest, secret);
  const { files, ...about } = readManifest(manifest.toString());
  const names = (await filesBelow(folder)).filter((name) => !manifestFiles.includes(name));
  const known = Object.entries(files);
  if (names.length !== known.length) throw damaged(says.count(names.length, known.length));
  for (const [name, sum] of known) {
    if (!names.includes(name)) throw damaged(says.missing(name));
    if (hash('sha256', await readFile(join(folder, name))) !== sum) throw damaged(says.checksum(name));
  }
  return about;
}

async function extract(content: ReadableStream<Uint8Array>, folder: string, most = 4 * 1024 ** 3): Promise<void> {
  const gunzip = createGunzip();
  // Its error ends the iteration below.
  pipeline(content, gunzip).catch(() => undefined);
  // It prints each name: too many end it.
  const options = { stdin: bounded(gunzip, most), reject: false, maxBuffer: mostOutput } as const;
  const tar = await execa('tar', ['--no-same-owner', '-C', folder, '-xvf', '-'], options);
  if (tar.isMaxBuffer) throw damaged(says.tooMany);
  if (tar.failed) throw damaged(tar.stderr === '' ? reasonOf(tar.cause) : withoutControls(tar.stderr.slice(0, 1000)));
}

/** Characters: some thousand names. A backup has a few dozen files. */
const mostOutput = 100_000;

async function* bounded(content: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw new Error(`more than ${most} bytes`);
    yield chunk;
  }
}

const says = {
  unexpected: (name: string) => ({ en: `unexpected file ${name}`, zh: `意外的文件 ${name}` }),
  count: (found: number, listed: number) => ({
    en: `${found} files found, ${listed} listed`,
    zh: `找到 ${found} 个文件，清单中有 ${listed} 个`,
  }),
  tooMany: { en: 'it has too many files', zh: '其中的文件过多' },
  missing: (name: string) => ({ en: `${name} is missing`, zh: `缺少 ${name}` }),
  checksum: (name: string) => ({ en: `the checksum of ${name} does not match`, zh: `${name} 的校验和不匹配` }),
  manifest: { en: `${manifestName} is missing or invalid`, zh: `${manifestName} 缺失或无效` },
};

async function verifySignature(file: string, folder: string, manifest: Buffer, secret: string): Promise<void> {
  const signature = (await readSmall(join(folder, signatureName))).toString();
  if (signature === '') throw new MusterError('backup-unsigned', { path: file });
  if (!isSigned(manifest, signature, signingKeyOf(secret))) throw new MusterError('backup-forged', { path: file });
}

/** The first line of backups up to the first release. */
const oldFormat = 'muster-backup 1\n';

interface Opened {
  /** The .tar.gz, decrypted. */
  content: ReadableStream<Uint8Array>;
  /** null: not encrypted. */
  kind: SecretKind | null;
  secret: string;
}

async function openArchive(file: string, { secret: ask, unencrypted }: UnpackOptions): Promise<Opened> {
  const start = await firstBytes(file);
  if (start.toString('latin1').startsWith(oldFormat)) throw new MusterError('backup-outdated', { path: file });
  const kind = secretKindOf(start);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (kind === null && !isGzip) {
    throw new MusterError('not-a-backup', { path: file });
  }
  if (kind === null) {
    if (!unencrypted) throw new MusterError('backup-unencrypted', { path: file });
    return { content: readable(file), kind, secret: '' };
  }
  const secret = await ask(kind);
  return { content: await decrypt(readable(file), kind, secret), kind, secret };
}

/** A file's content as a web stream. */
export const readable = (file: string): ReadableStream<Uint8Array> =>
  Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function readManifest(text: string): z.infer<typeof manifestSchema> {
  try {
    return parseJson(manifestSchema, text);
  } catch {
    throw damaged(says.manifest);
  }
}

const damaged = (seen: LocalText | string) => new MusterError('backup-damaged', { seen });

/** Empty: it does not exist, or is larger than it may be. */
async function readSmall(path: string): Promise<Buffer> {
  const found = await unlessMissing(stat(path));
  return found === null || found.size > mostManifest ? Buffer.alloc(0) : readFile(path);
}

/** Regular files below a folder, relative to it, sorted. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
