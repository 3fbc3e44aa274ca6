import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { labPaths, webServer } from '../layout.ts';
import { type System, suites } from '../systems.ts';
import type { Debian } from './debian.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, signingKey } from './repository.ts';

/** What a new VM has. */
const included =
  'systemd,systemd-sysv,dbus,udev,iproute2,iputils-ping,curl,ca-certificates,kmod,procps,gnupg,hostname,openssl,sudo';

/** The root filesystem of new hosts on that system. */
export const baseOf = (system: System) => `${labPaths.bases}/${system}`;

export const basePart = (debian: Debian, system: System): Part => ({
  name: `base-${system}`,
  title: `Making the root filesystem of hosts on ${system}`,
  usual: '1 min',
  inputs: () => textsOf(import.meta.filename, `${labPaths.files}/runc-lab`),
  outputs: [baseOf(system)],
  build: () =>
    replaceFolder(baseOf(system), async (root) => {
      await rm(root, { recursive: true });
      const files = await debian.sourceFiles();
      const options = ['--quiet', '--variant=minbase', `--include=${included}`];
      await execa('mmdebstrap', [...options, suites[system], root, ...files], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
      const etc = `${root}/etc`;
      await rm(`${etc}/apt/sources.list.d`, { recursive: true, force: true });
      await rm(`${root}/var/lib/apt/lists`, { recursive: true, force: true });
      await mkdir(`${etc}/apt/sources.list.d`);
      await mkdir(`${root}/var/lib/apt/lists/partial`, { recursive: true });
      await writeFile(`${etc}/apt/sources.list`, `deb ${webServer}/${system} ./\n`);
      await writeFile(`${etc}/apt/trusted.gpg.d/muster-lab.asc`, await signingKey());
      await writeFile(`${etc}/fstab`, '/dev/sda1 / ext4 defaults 0 1\n/swap.img none swap sw 0 0\n');
      await writeFile(`${etc}/hosts`, '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n');
      await rm(`${etc}/resolv.conf`, { force: true });
      await writeFile(`${etc}/resolv.conf`, '');
      await cp(`${labPaths.files}/runc-lab`, `${root}/usr/local/sbin/runc`);
    }),
});
