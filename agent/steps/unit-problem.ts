import type { Host } from '../host/host.ts';
import { isMarkedForRestart } from '../machine/restart-mark.ts';
import { unitNamed } from '../machine/unit.ts';
import type { CheckResult } from './step.ts';

export type Unmet = Pick<Extract<CheckResult, { state: 'todo' }>, 'code' | 'message'>;

/** What is wrong with a service that muster starts; null: nothing. `stopped`: the code for one that does not run. */
export async function unitProblem(host: Host, name: string, stopped?: string): Promise<Unmet | null> {
  const [status, marked] = await Promise.all([unitNamed(host, name), isMarkedForRestart(host, name)]);
  if (marked)
    return {
      message: { en: `${name}: running with an earlier configuration`, zh: `${name}：仍以先前的配置运行` },
    };
  if (!status.active)
    return {
      ...(stopped === undefined ? {} : { code: stopped }),
      message: { en: `${name}: not running`, zh: `${name}：未运行` },
    };
  if (!status.enabled) return { message: { en: `${name}: not enabled at boot`, zh: `${name}：未设为开机启动` } };
  return null;
}
