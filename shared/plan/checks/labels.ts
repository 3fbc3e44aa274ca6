import { labelKey, labelValue } from '../patterns.ts';
import type { Path, Report } from '../problem.ts';
import type { Taint } from '../schema.ts';
import { readTaint } from '../taints.ts';
import type { PartialPlan, WrittenPlan } from '../written.ts';

type Host = NonNullable<PartialPlan['hosts']>[number];

/** Labels that the kubelet derives from its host and restores at each start. */
const ofKubelet = /^(beta\.)?kubernetes\.io\/(os|arch|hostname)$/;
const ofRole = /^node-role\.kubernetes\.io\/(master|control-plane)$/;
/** Taints that the node controller adds and removes. */
const ofKubernetes =
  /^node\.kubernetes\.io\/(not-ready|unreachable|memory-pressure|disk-pressure|pid-pressure|network-unavailable|unschedulable)$/;

/**
 * Validates labels and taints by the Kubernetes API's rules, so that errors show in the plan and not during the
 * installation.
 */
export function checkLabels({ hosts = [] }: PartialPlan, report: Report): void {
  for (const [index, host] of hosts.entries()) {
    for (const [key, value] of Object.entries(host?.labels ?? {})) {
      const path = ['hosts', index, 'labels', key];
      checkPair({ key, value }, path, report);
      checkReserved(key, { value, host, path }, report);
    }
    checkTaints(host, index, report);
  }
}

function checkReserved(
  key: string,
  { value, host, path }: { value: string | undefined; host: Host; path: Path },
  report: Report,
): void {
  const isOwnName = key === 'kubernetes.io/hostname' && value === host?.name;
  if (ofKubelet.test(key) && !isOwnName) report(path, 'label-of-kubelet', { key });
  if (ofRole.test(key) && host?.role === 'worker') report(path, 'label-of-role', { key });
}

function checkTaints(host: Host, index: number, report: Report): void {
  const seen = new Set<string>();
  for (const [position, written] of (host?.taints ?? []).entries()) {
    if (written === undefined || (typeof written !== 'string' && !(written.key && written.effect))) continue;
    const taint = readTaint(written as NonNullable<WrittenPlan['hosts'][number]['taints']>[number]);
    const path = ['hosts', index, 'taints', position];
    if (taint === null) report(path, 'taint-invalid');
    else checkTaint(taint, path, seen, report);
  }
}

/** `seen`: the key and effect of each taint before this one. */
function checkTaint(taint: Taint, path: Path, seen: Set<string>, report: Report): void {
  const { key, effect } = taint;
  const pair = `${key}:${effect}`;
  checkPair(taint, path, report);
  if (ofKubernetes.test(key)) report(path, 'taint-of-kubernetes', { key });
  if (seen.has(pair)) report(path, 'taint-duplicate', { key, effect });
  seen.add(pair);
}

function checkPair({ key, value = '' }: { key: string; value?: string | undefined }, path: Path, report: Report): void {
  if (!labelKey.test(key)) report(path, 'label-key-invalid', { key: JSON.stringify(key) });
  else if (!labelValue.test(value)) report(path, 'label-value-invalid', { value: JSON.stringify(value) });
}
