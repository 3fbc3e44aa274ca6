import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';

export interface UnitStatus {
  /** It is running, or on its way to. */
  active: boolean;
  /** It starts at boot. */
  enabled: boolean;
}

/** A unit that is not there is neither active nor enabled. */
export async function unitStatus(host: Host, unit: string): Promise<UnitStatus> {
  const text = await output(host, 'systemctl', ['show', '-p', 'ActiveState', '-p', 'UnitFileState', unit]);
  return {
    active: /^ActiveState=(active|activating|reloading)$/m.test(text),
    enabled: /^UnitFileState=(enabled|static|alias)$/m.test(text),
  };
}
