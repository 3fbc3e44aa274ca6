import type { HostView } from '../host/host.ts';
import { readShow } from '../host/systemd.ts';
import { output } from './program.ts';

/** A systemd unit. One that is not there is neither active nor enabled. */
export interface Unit {
  /** systemd's ActiveState, such as active, activating, failed or inactive; '': not known. */
  activeState: string;
  /** It runs, or is about to. */
  active: boolean;
  /** systemd's LoadState, such as loaded, masked or not-found; '': not known. */
  loadState: string;
  /** systemd's UnitFileState, such as enabled, disabled or masked; '': there is no file. */
  fileState: string;
  /** It starts at boot. */
  enabled: boolean;
}

const properties = ['Id', 'LoadState', 'ActiveState', 'UnitFileState'].flatMap((name) => ['-p', name]);

/** By id, such as kubelet.service; null: systemd does not answer. One program for all of them. */
export async function unitsNamed(
  host: Pick<HostView, 'run'>,
  names: readonly string[],
): Promise<Map<string, Unit> | null> {
  const { exitCode, stdout } = await host.run('systemctl', ['show', ...properties, ...names]);
  if (exitCode !== 0) return null;
  return new Map(readShow(stdout).map((values) => [values.get('Id') ?? '', unitOf(values)]));
}

/** Throws MusterError `program-failed` where systemd does not answer. */
export async function unitNamed(host: Pick<HostView, 'run'>, name: string): Promise<Unit> {
  const [values] = readShow(await output(host, 'systemctl', ['show', ...properties, name]));
  return unitOf(values ?? new Map());
}

/** false also where systemd does not answer. */
export async function isActive(host: Pick<HostView, 'run'>, name: string): Promise<boolean> {
  const units = await unitsNamed(host, [name]);
  return [...(units?.values() ?? [])].some(({ active }) => active);
}

function unitOf(values: ReadonlyMap<string, string>): Unit {
  const [activeState = '', fileState = ''] = [values.get('ActiveState'), values.get('UnitFileState')];
  return {
    activeState,
    active: /^(active|activating|reloading)$/.test(activeState),
    loadState: values.get('LoadState') ?? '',
    fileState,
    enabled: /^(enabled|static|alias)$/.test(fileState),
  };
}

export type UnitVerb =
  | 'enable'
  | 'disable'
  | 'mask'
  | 'start'
  | 'stop'
  | 'restart'
  | 'try-restart'
  | 'reload'
  | 'enable --now'
  | 'disable --now';

interface UnitOptions {
  /** What a person may do where that fails. */
  remedy?: string;
  /** Default 180,000: a start can include loading what a killed daemon left. */
  timeoutMs?: number;
}

/** `systemctl VERB NAME`. Throws MusterError `program-failed`. */
export async function changeUnit(
  host: Pick<HostView, 'run'>,
  verb: UnitVerb,
  name: string,
  { remedy, timeoutMs = 180_000 }: UnitOptions = {},
): Promise<void> {
  await output(host, 'systemctl', [...verb.split(' '), name], {
    timeoutMs,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/** systemd reads its units' files again. */
export async function reloadUnits(host: Pick<HostView, 'run'>): Promise<void> {
  await output(host, 'systemctl', ['daemon-reload']);
}
