import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { deepMerge } from '../../shared/kubeadm/merge.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { HostView } from '../host/host.ts';
import { lastWords } from './program.ts';

/** Settings of the running daemon. Drivers in docker's spelling; '': none reported. */
export type DockerInfo =
  | { answers: true; cgroupDriver: string; storageDriver: string }
  /** `said`: the end of docker's output. */
  | { answers: false; said: string };

export async function dockerInfo(host: Pick<HostView, 'run'>, timeoutMs = 60_000): Promise<DockerInfo> {
  const args = ['info', '--format', '{{.CgroupDriver}} {{.Driver}}'];
  const result = await host.run('docker', args, { timeoutMs });
  if (result.exitCode !== 0) return { answers: false, said: lastWords(result) };
  const [cgroupDriver = '', storageDriver = ''] = result.stdout.trim().split(' ');
  return { answers: true, cgroupDriver, storageDriver };
}

/** Whether docker can parse this daemon.json. A missing or empty file is valid. */
export function isDaemonJsonValid(text: string | null): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Merges muster's settings into daemon.json and keeps all other keys and exec-opts. null: no change needed. Throws
 * MusterError `daemon-json-invalid` if docker could not parse the file either.
 */
export function mergedDaemonJson(current: string | null, needed: Record<string, unknown>): string | null {
  const existing = parse(current);
  const merged = deepMerge(existing, needed);
  merged['exec-opts'] = [...otherOptions(existing['exec-opts']), ...strings(needed['exec-opts'])];
  const text = `${JSON.stringify(merged, null, 2)}\n`;
  return current !== null && JSON.stringify(existing) === JSON.stringify(merged) ? null : text;
}

const otherOptions = (options: unknown) =>
  strings(options).filter((option) => !option.startsWith('native.cgroupdriver='));

const strings = (value: unknown) =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

function parse(text: string | null): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text?.trim() || '{}');
    return z.record(z.string(), z.unknown()).parse(value);
  } catch (cause) {
    throw new MusterError(
      'daemon-json-invalid',
      { path: hostFiles.dockerDaemon, reason: reasonOf(cause, { value }) },
      { cause },
    );
  }
}
