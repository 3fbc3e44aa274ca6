import { diagnose, type Found } from '../../shared/diagnosis/diagnose.ts';
import { noEvidence } from '../../shared/diagnosis/evidence.ts';
import { failures } from '../../shared/diagnosis/failures/index.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';
import { redactedJournal } from './evidence.ts';

/** How often the kubelet's journal is read while kubeadm runs, in ms. */
const every = 3000;
/** A cause that lasts this long is permanent, in ms; a slow start has logged progress by then. */
const patience = 25_000;
/** A persistent cause is logged again within this time, in ms: systemd restarts a failing kubelet every 10 s. */
const recent = 18_000;

const hopeless = failures.filter((failure) => failure.hopeless);

interface Means {
  host: Host;
  step: StepId;
  /** The step's output since this time, in ms since the epoch. */
  output(since: number): readonly string[];
  onSeen(found: Found): void;
  /** Aborted when the step has ended. */
  signal: AbortSignal;
}

/**
 * Ends kubeadm early when it waits for something that cannot happen: its own timeout takes four to five minutes. A
 * hopeless cause is reported once it is seen twice in a row; if it persists, the unit is stopped, and the step fails,
 * is diagnosed, cleaned up and retried as usual.
 */
export async function endDoomed({ host, step, output, onSeen, signal }: Means): Promise<void> {
  const began = host.now().getTime();
  let seen: { id: string; at: number } | null = null;
  for (;;) {
    await host.sleep(every, signal);
    if (signal.aborted) return;
    if ((await host.unitState(step)) !== 'running') continue;
    const since = Math.max(began, host.now().getTime() - recent);
    const kubelet = await redactedJournal(host, ['kubelet'], new Date(since));
    const [found] = diagnose({ ...noEvidence, step, output: output(since), kubelet }, hopeless);
    if (signal.aborted) return;
    if (found === undefined || found.failure.id !== seen?.id) {
      seen = found === undefined ? null : { id: found.failure.id, at: host.now().getTime() };
      continue;
    }
    onSeen(found);
    if (host.now().getTime() - seen.at < patience) continue;
    await host.run('systemctl', ['kill', '--kill-who=main', '--signal=TERM', `muster-${step}.service`]);
    return;
  }
}
