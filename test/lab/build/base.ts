import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { labPaths, webServer } from '../layout.ts';
import type { Debian } from './debian.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, signingKey } from './repository.ts';

/** What a new VM has. */
const included =
  'systemd,systemd-sysv,dbus,udev,iproute2,iputils-ping,curl,ca-certificates,kmod,procps,gnupg,hostname,openssl,sudo';

/** The file that stands for the base's content in the inputs of what is made from it. */
const ownSource = import.meta.filename;

export const basePart = (debian: Debian): Part => ({
  name: 'base',
  title: 'Making the root filesystem of the hosts',
  usual: '1 min',
  inputs: () => textsOf(ownSource, `${labPaths.files}/runc-lab`),
  outputs: [labPaths.base],
  build: () =>
    replaceFolder(labPaths.base, async (root) => {
      await rm(root, { recursive: true });
      const { codename, files } = await debian.release();
      await execa('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${included}`, codename, root, ...files], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
      const etc = `${root}/etc`;
      await rm(`${etc}/apt/sources.list.d`, { recursive: true, force: true });
      await rm(`${root}/var/lib/apt/lists`, { recursive: true, force: true });
      await mkdir(`${etc}/apt/sources.list.d`);
      await mkdir(`${root}/var/lib/apt/lists/partial`, { recursive: true });
      await writeFile(`${etc}/apt/sources.list`, `deb ${webServer}/debian ./\n`);
      await writeFile(`${etc}/apt/trusted.gpg.d/muster-lab.asc`, await signingKey());
      await writeFile(`${etc}/fstab`, '/dev/sda1 / ext4 defaults 0 1\n/swap.img none swap sw 0 0\n');
      await writeFile(`${etc}/hosts`, '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n');
      await rm(`${etc}/resolv.conf`, { force: true });
      await writeFile(`${etc}/resolv.conf`, '');
      await cp(`${labPaths.files}/runc-lab`, `${root}/usr/local/sbin/runc`);
    }),
});
