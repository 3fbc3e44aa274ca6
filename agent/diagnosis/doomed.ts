import { diagnose, type Found } from '../../shared/diagnosis/diagnose.ts';
import { noEvidence } from '../../shared/diagnosis/evidence.ts';
import { failures } from '../../shared/diagnosis/failures/index.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';
import { readJournal } from './evidence.ts';

/** How often the kubelet's journal is looked at while kubeadm runs, in ms. */
const every = 3000;
/** A cause that lasts so long does not pass: what only starts slowly has said its first words by then. In ms. */
const patience = 25_000;
/** What is still so has been said again within this time: a kubelet that can't start is started again every 10 s. In ms. */
const recent = 18_000;

const hopeless = failures.filter((failure) => failure.hopeless);

interface Means {
  host: Host;
  step: StepId;
  /** What the step has printed since then, in ms since the epoch. */
  output(since: number): readonly string[];
  onSeen(found: Found): void;
  /** Fires when the step has ended. */
  signal: AbortSignal;
}

/**
 * kubeadm waits four or five minutes for what can't come any more. While its unit runs, a cause that makes it hopeless is told as soon as it is seen
 * twice, and ends the unit once it has lasted: the step then fails, and is diagnosed, cleaned up and tried again like any other.
 */
export async function endDoomed({ host, step, output, onSeen, signal }: Means): Promise<void> {
  const began = host.now().getTime();
  let seen: { id: string; at: number } | null = null;
  for (;;) {
    await host.sleep(every, signal);
    if (signal.aborted) return;
    if ((await host.unitState(step)) !== 'running') continue;
    const since = Math.max(began, host.now().getTime() - recent);
    const kubelet = await readJournal(host, 'kubelet', new Date(since));
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
