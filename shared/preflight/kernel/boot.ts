import type { Facts } from '../../protocol/facts.ts';

/** Shell command that adds a kernel parameter; GRUB reads this folder after /etc/default/grub. */
export const kernelCommandLine = (parameter: string): string =>
  `sudo mkdir -p /etc/default/grub.d && echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${parameter}"' | sudo tee /etc/default/grub.d/99-${parameter.split(/[._=]/)[0]}.cfg && sudo update-grub && sudo reboot`;

/** Shell command that installs and boots the distribution's kernel. */
export function installKernel({ os, arch }: Pick<Facts, 'os' | 'arch'>): string {
  const name = os.id === 'ubuntu' ? 'linux-image-generic' : `linux-image-${arch === 'arm64' ? 'arm64' : 'amd64'}`;
  return `sudo apt-get install -y ${name} && sudo reboot`;
}

/** Shell command. Ubuntu packages rarely used modules separately; Debian's full kernel contains all of them. */
export const installModules = (facts: Pick<Facts, 'os' | 'arch'>): string =>
  facts.os.id === 'ubuntu' ? 'sudo apt-get install -y linux-modules-extra-$(uname -r)' : installKernel(facts);
