import type { HostView } from '../host/host.ts';
import { readShow } from '../host/systemd.ts';
import { output } from './program.ts';

/** State of a systemd unit. A missing unit is neither active nor enabled. */
export interface Unit {
  /** systemd's ActiveState, such as active, activating, failed or inactive; '': unknown. */
  activeState: string;
  /** Running, starting or reloading. */
  active: boolean;
  /** systemd's LoadState, such as loaded, masked or not-found; '': unknown. */
  loadState: string;
  /** systemd's UnitFileState, such as enabled, disabled or masked; '': no unit file. */
  fileState: string;
  /** Starts at boot. */
  enabled: boolean;
}

const properties = ['Id', 'LoadState', 'ActiveState', 'UnitFileState'].flatMap((name) => ['-p', name]);

/** Units by id, such as kubelet.service, queried with one command; null: systemd does not answer. */
export async function unitsNamed(
  host: Pick<HostView, 'run'>,
  names: readonly string[],
): Promise<Map<string, Unit> | null> {
  const { exitCode, stdout } = await host.run('systemctl', ['show', ...properties, ...names]);
  if (exitCode !== 0) return null;
  return new Map(readShow(stdout).map((values) => [values.get('Id') ?? '', unitOf(values)]));
}

/** Throws MusterError `program-failed` if systemd does not answer. */
export async function unitNamed(host: Pick<HostView, 'run'>, name: string): Promise<Unit> {
  const [values] = readShow(await output(host, 'systemctl', ['show', ...properties, name]));
  return unitOf(values ?? new Map());
}

/** Also false if systemd does not answer. */
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
  | 'reload-or-restart'
  | 'enable --now'
  | 'disable --now';

interface UnitOptions {
  /** Suggested command if it fails. */
  remedy?: string;
  /** Default 180,000: a start may include loading state that a killed daemon left. */
  timeoutMs?: number;
}

/** Runs `systemctl VERB NAME`. Throws MusterError `program-failed`. */
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

/** Makes systemd reload its unit files. Throws MusterError `program-failed`. */
export async function reloadUnits(host: Pick<HostView, 'run'>): Promise<void> {
  await output(host, 'systemctl', ['daemon-reload']);
}
