import type { Command } from '../../packages/index.ts';
import type { Facts } from '../../protocol/facts.ts';

/** Shell command that adds a kernel parameter; GRUB reads this folder after /etc/default/grub. */
export const kernelCommandLine = (parameter: string): string =>
  `sudo mkdir -p /etc/default/grub.d && echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${parameter}"' | sudo tee /etc/default/grub.d/99-${parameter.split(/[._=]/)[0]}.cfg && sudo update-grub && sudo reboot`;

type System = Pick<Facts, 'os' | 'arch'>;

const installKernel: Command = ({ install }) => `sudo ${install(['{kernel}'])} && sudo reboot`;
const installModules: Command = ({ install }) => `sudo ${install(['linux-modules-extra-$(uname -r)'])}`;

/** The cases of checks whose fix is another kernel. Ubuntu packages rarely used modules separately. */
export const kernelCases = {
  kernel: { command: installKernel },
  'extra-modules': { command: installModules },
} as const;

/** The fix: install and boot the distribution's kernel. */
export function otherKernel({ os, arch }: System) {
  const name = os.id === 'ubuntu' ? 'linux-image-generic' : `linux-image-${arch === 'arm64' ? 'arm64' : 'amd64'}`;
  return { case: 'kernel', values: { kernel: name } };
}

/** The fix: install modules. Debian's full kernel contains all of them. */
export const moreModules = (system: System) =>
  system.os.id === 'ubuntu' ? { case: 'extra-modules' } : otherKernel(system);
