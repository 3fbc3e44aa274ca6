import { runtimeVersion } from '../../compatibility/runtime-version.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import type { Facts } from '../../protocol/facts.ts';
import { judgeBounds } from '../bounds.ts';
import { ok, unknown, type Verdict } from '../check.ts';

/** Judges the runtime's package: the installed one, otherwise the one that would be installed. */
export function judgeRuntime(facts: Facts, { runtime, kubernetes }: ClusterSettings): Verdict {
  const { state, version } = runtimeVersion(facts, runtime);
  if (version === null) {
    const { name } = runtime;
    return state === 'unknown'
      ? unknown({ en: `${name} is not installed; package index not read`, zh: `${name} 尚未安装；未读取软件包索引` })
      : ok({ en: `${name} is not installed yet`, zh: `${name} 尚未安装` });
  }
  const named = `${runtime.package} ${version}`;
  const seen =
    state === 'installed' ? { en: named, zh: named } : { en: `${named} would be installed`, zh: `将会安装 ${named}` };
  return judgeBounds(runtime.name, version, kubernetes.version, seen);
}
