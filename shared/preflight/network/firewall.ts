import { defaultPreparation } from '../../plan/defaults.ts';
import { type Known, ok, type Verdict, warning } from '../check.ts';

/** What the plan wants of a firewall that is on decides. `atBoot`: it starts with the host, and so is one that muster's step looks at. */
export function judgeFirewall(
  { on, atBoot }: { on: boolean; atBoot: boolean },
  { assignment, owns }: Pick<Known, 'assignment' | 'owns'>,
): Verdict {
  if (!on) return ok({ en: 'off', zh: '未启用' });
  const { firewall } = assignment?.settings.preparation ?? defaultPreparation;
  if (firewall === 'keep' || !atBoot) return warning({ en: 'it is on', zh: '已启用' }, { step: null });
  if (firewall === 'open' && owns)
    return ok({ en: 'it is on, and muster keeps it open for the cluster', zh: '已启用，muster 已为集群放行' });
  return warning({ en: 'it is on', zh: '已启用' });
}
