import { MusterError } from '../../shared/errors/errors.ts';
import { kubeadmYaml } from '../../shared/kubeadm/yaml.ts';
import { kubeadmArguments, kubeadmFile } from '../../shared/steps/change.ts';
import type { UnitResult } from '../host/host.ts';
import { changeOf } from './declared.ts';
import type { StepContext } from './step.ts';

/** An error with kubeadm's own messages; finding the cause behind a timeout is left to the diagnosis. */
export function kubeadmFailure(verb: 'init' | 'join' | 'reset', { exitCode, tail }: UnitResult): MusterError {
  const own = tail.filter((line) => /\[ERROR|^error|failed|timed out/i.test(line));
  const said = (own.length > 0 ? own : tail).slice(-4).join(' / ');
  const end =
    exitCode === null
      ? { en: 'was interrupted', zh: '被中断' }
      : { en: `failed (exit code ${exitCode})`, zh: `失败（退出码 ${exitCode}）` };
  return new MusterError(`kubeadm-${verb}-failed`, { end, reason: said });
}

const changeFor = (context: StepContext, verb: 'init' | 'join') => changeOf(`kubeadm-${verb}`, 'kubeadm', context);

/** Writes the planned configuration with secrets filled in. `secrets`: by placeholder. */
export async function writeKubeadmFile(
  context: StepContext,
  verb: 'init' | 'join',
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const text = kubeadmYaml(changeFor(context, verb).documents, secrets);
  await context.host.writeFile(kubeadmFile(verb), text, { mode: 0o600 });
}

/** Starts kubeadm, or adopts a run that an earlier agent started. */
export const runKubeadm = (context: StepContext, verb: 'init' | 'join'): Promise<UnitResult> =>
  context.runLong('kubeadm', kubeadmArguments(changeFor(context, verb)));
