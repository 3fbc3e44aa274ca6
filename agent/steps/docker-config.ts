import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import { deepMerge } from '../../shared/kubeadm/merge.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';

/**
 * daemon.json as it is with what muster needs laid over it. Other keys, and other exec-opts, stay. null: it has all of that already.
 * Throws MusterError `daemon-json-invalid` for a file that docker could not read either.
 */
export function mergedDaemonJson(current: string | null, needed: Record<string, unknown>): string | null {
  const existing = parse(current?.trim() || '{}');
  const merged = deepMerge(existing, needed);
  merged['exec-opts'] = [...otherOptions(existing['exec-opts']), ...strings(needed['exec-opts'])];
  const text = `${JSON.stringify(merged, null, 2)}\n`;
  return current !== null && JSON.stringify(existing) === JSON.stringify(merged) ? null : text;
}

const otherOptions = (options: unknown) =>
  strings(options).filter((option) => !option.startsWith('native.cgroupdriver='));

const strings = (value: unknown) =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    throw new TypeError('it is not an object');
  } catch (cause) {
    throw new MusterError('daemon-json-invalid', `${hostFiles.dockerDaemon} can't be read: ${messageOf(cause)}`, {
      remedy: `mend or remove ${hostFiles.dockerDaemon} on this host`,
      cause,
    });
  }
}
