import { createHash, randomBytes } from 'node:crypto';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { removeDurably, writeAtomically } from '../../shared/node/files.ts';
import type { Role } from '../../shared/plan/schema.ts';
import type { EnrolRequest } from '../../shared/protocol/enrolment.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { identityFacts } from '../facts/identity.ts';
import { addresses } from '../facts/system.ts';
import type { Host } from '../host/host.ts';
import type { AgentPaths } from '../paths.ts';
import { type Client, createClient } from './client.ts';
import { type Credential, readConfig, readCredential, readSecret, writeCredential } from './config.ts';
import { knownCoordinators } from './coordinators.ts';
import { isTemporary, retryFor } from './retry.ts';

interface Means {
  paths: AgentPaths;
  host: Host;
  /** How long to retry while the coordinator is unreachable, in ms. */
  patience: number;
}

/**
 * Enrols this host with the installer's token and returns one line for the user. Throws MusterError with the exit code.
 */
export async function enrol({ paths, host, patience }: Means): Promise<LocalText> {
  const { urls, ca } = await readConfig(paths);
  const url = knownCoordinators(urls);
  const token = (await readSecret(paths.enrolmentToken))?.trim() ?? '';
  const existing = await readCredential(paths);
  const clientWith = (bearer: string) => createClient({ url, ca, bearer });
  if (token === '') return confirm(existing, clientWith, patience);

  const secret = await pendingSecret(paths, token);
  const client = clientWith(token);
  try {
    const {
      host: name,
      role,
      cluster,
    } = await retryFor(patience, async () => lateIsTemporary(host, client.enrol(await enrolRequest(host, secret))));
    await writeCredential(paths, { host: name, credential: secret });
    await forgetToken(paths);
    return enrolled(name, role, cluster);
  } catch (error) {
    if (existing === null || !(error instanceof MusterError) || !isRefusal(error)) throw withExit(error);
    // The install command was run again on an enrolled host: its token is spent and not needed.
    const line = await confirm(existing, clientWith, patience).catch(() => null);
    if (line === null) throw withExit(error);
    await forgetToken(paths);
    return tokenUnused(line, error.text);
  } finally {
    client.close();
  }
}

/** Verifies that the existing credential works. */
async function confirm(
  existing: Credential | null,
  clientWith: (bearer: string) => Client,
  patience: number,
): Promise<LocalText> {
  if (existing === null) throw new MusterError('no-token');
  const client = clientWith(existing.credential);
  try {
    await retryFor(patience, () => client.target(null, 0, AbortSignal.timeout(patience)));
    return { en: `Already enrolled as ${existing.host}.`, zh: `已作为 ${existing.host} 接入。` };
  } catch (error) {
    throw withExit(error);
  } finally {
    client.close();
  }
}

/**
 * The new credential: 256 random bits, written to disk before its hash is sent. The same token yields the same secret,
 * so that a lost answer does not lock the host out; the current credential stays until the new one is accepted.
 */
async function pendingSecret(paths: AgentPaths, token: string): Promise<string> {
  const path = pendingPath(paths);
  const tokenSha256 = sha256(token);
  const [earlierToken, earlierSecret] = ((await readSecret(path)) ?? '').split(' ');
  if (earlierToken === tokenSha256 && earlierSecret !== undefined) return earlierSecret;
  const secret = randomBytes(32).toString('base64url');
  await writeAtomically(path, `${tokenSha256} ${secret}`, { mode: 0o600, folderMode: 0o700 });
  return secret;
}

const roleNames = {
  'control-plane': { en: 'control plane', zh: '控制平面' },
  worker: { en: 'worker', zh: '工作节点' },
} as const;

const enrolled = (name: string, role: Role, cluster: string): LocalText => ({
  en: `Enrolled as ${name}, ${roleNames[role].en} of cluster ${cluster}.`,
  zh: `已接入为 ${name}：集群 ${cluster} 的${roleNames[role].zh}。`,
});

const tokenUnused = (line: LocalText, reason: LocalText): LocalText => ({
  en: `${line.en} The token was not used: ${reason.en}`,
  zh: `${line.zh}未使用该令牌：${reason.zh}`,
});

const pendingPath = (paths: AgentPaths) => `${paths.credential}.pending`;

async function forgetToken(paths: AgentPaths): Promise<void> {
  await removeDurably(paths.enrolmentToken);
  await removeDurably(pendingPath(paths));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A request that took this long may have waited, and its time with it, in ms. */
export const lateMs = 5000;

/** A coordinator under load reads a request late and takes its time for a wrong clock: that can pass. */
async function lateIsTemporary<T>(host: Host, request: Promise<T>): Promise<T> {
  const began = host.now().getTime();
  try {
    return await request;
  } catch (error) {
    const isLate = host.now().getTime() - began > lateMs;
    if (!isLate || !(error instanceof MusterError) || error.code !== 'clock-off') throw error;
    throw new MusterError(error.toProblem(), {}, { status: 503, cause: error });
  }
}

async function enrolRequest(host: Host, secret: string): Promise<EnrolRequest> {
  const { hostname, machineId, bootId, os } = await identityFacts(host);
  return {
    credentialSha256: sha256(secret),
    hostname,
    addresses: addresses()
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1' && address !== '::1'),
    machineId,
    bootId,
    agentVersion: version,
    os: { id: os.id, versionId: os.versionId },
    arch: process.arch,
    now: host.now().toISOString(),
  };
}

const isRefusal = ({ status }: MusterError) => [401, 403, 409, 410].includes(status);

/** Adds the exit code that the installer passes on. */
function withExit(error: unknown): unknown {
  if (!(error instanceof MusterError) || error.exit !== exitCode.failure) return error;
  return new MusterError(error.toProblem(), {}, { status: error.status, exit: exitFor(error), cause: error });
}

function exitFor(error: MusterError): number {
  if ([401, 403, 410].includes(error.status)) return exitCode.notPermitted;
  if ([400, 404, 409, 413, 422].includes(error.status)) return exitCode.badInput;
  return isTemporary(error) ? exitCode.unavailable : exitCode.failure;
}
