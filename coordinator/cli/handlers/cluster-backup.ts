import { setTimeout as delay } from 'node:timers/promises';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { ClusterBackupResult } from '../../../shared/protocol/safekeeping.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { createSafekeepingClient } from '../safekeeping-client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { clean } from '../terminal/text.ts';

/** A database of some GB takes minutes to restore; agents look once a minute. In ms. */
const patience = 10 * 60_000;
const interval = 2000;

const words = {
  waits: {
    en: 'Every control plane backs up etcd and the PKI, then restores the backup into a temporary etcd to verify it.',
    zh: '各控制平面正在备份 etcd 和 PKI，然后将备份恢复到独立的 etcd 中进行验证。',
  },
  verified: (host: string, name: string, at: string) => ({
    en: `${host}: ${name}, verified at ${at}`,
    zh: `${host}：${name}，已验证可恢复：${at}`,
  }),
  made: (host: string, name: string) => ({
    en: `${host}: ${name}, not restored: etcd is external`,
    zh: `${host}：${name}，未验证恢复：使用外部 etcd`,
  }),
  failed: (host: string, { en, zh }: LocalText) => ({ en: `${host}: ${en}`, zh: `${host}：${zh}` }),
  silent: (host: string) => ({ en: `${host}: no answer`, zh: `${host}：无应答` }),
  noneDone: { en: 'no control plane has a verified backup', zh: '没有控制平面拥有已验证的备份' },
};

/** Backs up etcd and the PKI on all control planes and waits. Throws MusterError `cluster-backup-failed` if none did. */
export async function clusterBackup(io: Io, { socket }: SocketOptions): Promise<void> {
  const client = createSafekeepingClient(socket);
  let results = await client.backUpCluster();
  io.stderr.write(`${words.waits[io.language]}\n`);
  const end = Date.now() + patience;
  while (results.some(({ isDone }) => !isDone) && Date.now() < end) {
    await delay(interval);
    results = await client.clusterBackups();
  }
  for (const result of results) io.stdout.write(`${clean(lineOf(result)[io.language])}\n`);
  if (!results.some(isVerified)) throw new MusterError('cluster-backup-failed', { reason: words.noneDone });
}

const isVerified = ({ isDone, facts }: ClusterBackupResult): boolean =>
  isDone && facts?.failure === null && (facts.verified !== null || facts.newest?.isTestable === false);

function lineOf(result: ClusterBackupResult): LocalText {
  const { host, isDone, facts } = result;
  if (!isDone || facts === null) return words.silent(host);
  if (facts.failure !== null) return words.failed(host, facts.failure.message);
  if (facts.newest?.isTestable === false) return words.made(host, facts.newest.name);
  return words.verified(host, facts.verified?.name ?? '', facts.verified?.at ?? '');
}
