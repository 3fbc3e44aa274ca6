import { hasCode, MusterError, textOf } from '../../shared/errors/errors.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { podOf, startPods } from './control-plane.ts';
import { moveDataBack } from './data.ts';
import { isBefore, type Progress, writeRecovery } from './state.ts';

const most = 2000;

/**
 * Records why an order failed. true: it is over on this host, because a quorum has returned: that needs no decision,
 * and a later loss needs a new one. What the order has moved is in its place again.
 */
export async function noteFailure(
  host: Host,
  { id, host: restorer }: RecoveryOrder,
  self: string,
  progress: Progress,
  error: unknown,
): Promise<boolean> {
  const hasReturned = hasCode(error, 'etcd-has-quorum', 'etcd-quorum-elsewhere');
  const isOver = hasReturned && (await putBack(host, progress, self).catch(() => false));
  const { stage, kept } = progress;
  const rest = isOver ? { stage: 'done' as const } : { stage, ...(kept === undefined ? {} : { kept }) };
  const at = host.now().toISOString();
  await writeRecovery(host, { id, host: restorer, state: 'failed', at, message: textWithFix(error), ...rest });
  return isOver;
}

/** Undoes what was moved. false: etcd was restored, or is about to be. */
async function putBack(host: Host, { stage, kept }: Progress, self: string): Promise<boolean> {
  if (kept === undefined) return true;
  if (kept.restorers.includes(self) || !isBefore(stage, 'restored')) return false;
  const pod = await podOf(host, kept.id);
  if (!(await moveDataBack(host, pod, kept.id, !isBefore(stage, 'aside')))) return false;
  await startPods(host, kept.id, () => true);
  return true;
}

function textWithFix(error: unknown): LocalText {
  const { en, zh } = textOf(error);
  const remedy = error instanceof MusterError ? error.remedy : undefined;
  const [fixEn, fixZh] = remedy === undefined ? ['', ''] : [`; fix: ${remedy.en}`, `；修复：${remedy.zh}`];
  return { en: `${en}${fixEn}`.slice(0, most), zh: `${zh}${fixZh}`.slice(0, most) };
}
