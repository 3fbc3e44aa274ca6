import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';

import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { parseJson } from '../../shared/json.ts';

import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { hostName } from '../../shared/protocol/text.ts';
import type { AgentPaths } from '../paths.ts';

const url = z.url({ protocol: /^https$/ });
/** `coordinator`: the one that answered last; `coordinators`: all known ones, absent from files of earlier releases. */
const configSchema = z.object({ coordinator: url, coordinators: z.array(url).default([]) });
/** `previous`: the credential before the last rotation; a coordinator restored from a backup may only know that one. */
export const credentialSchema = z.object({
  host: hostName,
  credential: z.string().min(40),
  previous: z.string().min(40).optional(),
});
export type Credential = z.infer<typeof credentialSchema>;

/**
 * Addresses of the coordinators, at least one, and their CA. Throws MusterError `not-installed` or `config-invalid`.
 */
export async function readConfig(paths: AgentPaths): Promise<{ urls: readonly string[]; ca: string }> {
  const [text, ca] = await Promise.all([paths.config, paths.ca].map((path) => unlessMissing(readFile(path, 'utf8'))));
  if (typeof text !== 'string' || typeof ca !== 'string')
    throw new MusterError('not-installed', { path: typeof text === 'string' ? paths.ca : paths.config });
  const { coordinator, coordinators } = parse(configSchema, paths.config, text);
  return { urls: [...new Set([coordinator, ...coordinators])], ca };
}

/** `urls`: the one to ask first, then the others. */
export async function writeConfig(paths: AgentPaths, urls: readonly string[]): Promise<void> {
  const several = urls.length > 1 ? { coordinators: urls } : {};
  await writeAtomically(paths.config, `${JSON.stringify({ coordinator: urls[0], ...several })}\n`, { mode: 0o644 });
}

/**
 * The host's credential; null: none. Throws MusterError `loose-mode` if other users can read the file, `config-invalid`
 * if it is invalid.
 */
export async function readCredential(paths: AgentPaths): Promise<Credential | null> {
  const text = await readSecret(paths.credential);
  return text === null ? null : parse(credentialSchema, paths.credential, text);
}

export async function writeCredential(paths: AgentPaths, credential: Credential): Promise<void> {
  await writeAtomically(paths.credential, `${JSON.stringify(credential)}\n`, { mode: 0o600, folderMode: 0o700 });
}

/** Content of a file that only its owner may read; null: it does not exist. Throws MusterError `loose-mode`. */
export async function readSecret(path: string): Promise<string | null> {
  const found = await unlessMissing(stat(path));
  if (found === null) return null;
  if ((found.mode & 0o077) !== 0) throw new MusterError('loose-mode', { path, mode: (found.mode & 0o777).toString(8) });
  return readFile(path, 'utf8');
}

function parse<T>(schema: z.ZodType<T>, path: string, text: string): T {
  try {
    return parseJson(schema, text);
  } catch (error) {
    throw new MusterError('config-invalid', { path, reason: reasonOf(error) });
  }
}
