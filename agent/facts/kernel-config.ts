import { kernelOptions } from '../../shared/preflight/kernel/kernel-config.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

/** Kernel build options from /boot/config-RELEASE; null if the file does not exist. */
export async function kernelConfig(host: Host, kernel: string): Promise<Facts['machine']['kernelConfig']> {
  const text = await host.readFile(`/boot/config-${kernel}`);
  if (text === null) return null;
  return Object.fromEntries(
    kernelOptions.map((name) => {
      const value = new RegExp(`^CONFIG_${name}=([ym])$`, 'm').exec(text)?.[1];
      return [name, value === 'y' || value === 'm' ? value : 'n'] as const;
    }),
  );
}
