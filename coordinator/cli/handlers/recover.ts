import { MusterError } from '../../../shared/errors/errors.ts';
import type { RecoveryPreview } from '../../../shared/protocol/recovery.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { createOperatorClient } from '../client.ts';
import { ask } from '../terminal/ask.ts';
import type { Io } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { type RecoverRestoredOptions, recoverRestored } from './recover-restored.ts';

export interface RecoverOptions extends RecoverRestoredOptions {
  restored?: true;
  host?: string;
  fromBackup?: true;
}

/**
 * Confirms what only an operator can: that etcd is restored or a lost cluster re-created, or that a restored database is
 * trusted.
 */
export async function recover(io: Io, options: RecoverOptions): Promise<void> {
  return options.restored ? recoverRestored(io, options) : recoverLostCluster(io, options);
}

/** Throws MusterError `not-confirmed` (exit 1), `nobody-to-ask` (64), and the coordinator's refusals. */
async function recoverLostCluster(io: Io, { socket, yes, host, fromBackup }: RecoverOptions): Promise<void> {
  const client = createOperatorClient(socket, io.language);
  const say = speak(io.language);
  const request = { ...(host === undefined ? {} : { host }), ...(fromBackup === true ? { fromBackup } : {}) };
  const preview = await client.previewRecovery(request);
  const { cluster } = await client.status({ limit: 1 });
  for (const line of effects(preview, cluster.name)) io.stderr.write(`${clean(say(line))}\n`);
  if (yes !== true) await confirm(say(questionOf(preview)));
  const done = await client.recover(preview.kind === 'restore' ? { ...request, host: preview.host } : {});
  const next = done.from === undefined ? words.createsAnew(done.host) : words.restores(done.host);
  io.stdout.write(`${clean(say(next))}\n`);
  if (done.lost !== '') io.stderr.write(`${say(words.lostCluster(clean(done.lost)))}\n`);
  io.stderr.write(`${say(words.watchIt)}\n`);
}

/** What is seen, what will be done, what is lost. */
function effects(preview: RecoveryPreview, cluster: string): LocalText[] {
  if (preview.kind === 'recreate') return [words.recoverEffects(cluster)];
  const { host, from, backupAt, others, isReplaced } = preview;
  return [
    isReplaced ? words.replacedSeen([host, ...others]) : words.restoreSeen(host, others),
    from === 'member' ? words.restoreMember(host) : words.restoreBackup(host, from, backupAt ?? ''),
    words.restoreEffects(host),
  ];
}

function questionOf(preview: RecoveryPreview): LocalText {
  if (preview.kind === 'recreate') return words.recoverQuestion;
  return preview.isReplaced ? words.replacedQuestion : words.restoreQuestion;
}

async function confirm(question: string): Promise<void> {
  const answer = await ask(`${question} [y/N] `, 'muster recover --yes');
  if (!/^(y|yes|是)$/i.test(answer)) throw new MusterError('not-confirmed');
}
