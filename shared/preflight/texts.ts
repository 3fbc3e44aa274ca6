import { commandFor } from '../packages/index.ts';
import type { Finding, ReportedFinding } from '../protocol/finding.ts';
import type { PackageManager } from '../systems.ts';
import type { LocalText } from '../text/local-text.ts';
import { fillCommand, fillInstruction } from '../text/values.ts';
import type { Check } from './check.ts';

const nothing: LocalText = { en: '', zh: '' };
const checkManually: LocalText = {
  en: 'Check manually if it matters; an unknown result blocks nothing',
  zh: '如有需要请手动检查；结果未知不会阻止任何步骤',
};

/**
 * The required value and the fix for a finding, from its check; undefined: a check unknown to this version. `manager`:
 * the host's.
 */
export function textsOf(
  { level, case: name = '', values = {} }: ReportedFinding,
  check: Pick<Check, 'needed' | 'remedy' | 'command' | 'cases'> | undefined,
  manager: PackageManager,
): Pick<Finding, 'needed' | 'remedy' | 'command'> {
  if (level === 'ok' || check === undefined) return { needed: nothing, remedy: nothing, command: '' };
  const { cases = {} } = check;
  const usual = level === 'unknown' ? { remedy: checkManually, command: '' } : check;
  const own = Object.hasOwn(cases, name) ? cases[name] : {};
  const { needed = check.needed, remedy = usual.remedy, command = usual.command } = own ?? {};
  const fill = ({ en, zh }: LocalText) => ({ en: fillInstruction(en, values), zh: fillInstruction(zh, values) });
  return { needed: fill(needed), remedy: fill(remedy), command: fillCommand(commandFor(command, manager), values) };
}
