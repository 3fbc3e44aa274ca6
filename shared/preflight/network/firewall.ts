import { bindPort, defaultApiServerPort } from '../../kubeadm/ports.ts';
import { defaultPreparation } from '../../plan/defaults.ts';
import { type Known, ok, type Verdict, warning } from '../check.ts';

/** Judges an active firewall by the plan. `atBoot`: it starts at boot; muster's step only handles those. */
export function judgeFirewall(
  name: string,
  { on, atBoot }: { on: boolean; atBoot: boolean },
  { assignment, owns }: Pick<Known, 'assignment' | 'owns'>,
): Verdict {
  if (!on) return ok({ en: `${name} is not active`, zh: `${name} 未启用` });
  const active = { en: `${name} is active`, zh: `${name} 已启用` };
  const { firewall } = assignment?.settings.preparation ?? defaultPreparation;
  const values = { port: String(assignment === null ? defaultApiServerPort : bindPort(assignment.settings)) };
  if (firewall === 'keep' || !atBoot) return warning(active, { step: null, values });
  if (firewall === 'open' && owns)
    return ok({ en: `${active.en}; opened for the cluster by muster`, zh: `${active.zh}；muster 已为集群放行` });
  return warning(active, { values });
}
