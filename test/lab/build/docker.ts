import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { labPaths } from '../layout.ts';
import { defaultSystem, suites } from '../systems.ts';
import { debianArchitecture } from './packages.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, signingKey, writeLists } from './repository.ts';

/** Docker's own repository for the default system: docker-ce, its client and containerd.io, of Debian's programs. */

interface Repacked {
  name: string;
  version: string;
  /** Debian's packages whose files it has. */
  from: readonly string[];
  /** Of those, only the files that match. */
  files: RegExp;
  fields: Readonly<Record<string, string>>;
}

const suite = suites[defaultSystem];
const epoch = (version: string) => `5:${version}~3-0~debian.12~${suite}`;

const repacked: readonly Repacked[] = [
  {
    name: 'containerd.io',
    version: '1.6.20-1',
    from: ['containerd', 'runc'],
    files: /./,
    fields: {
      Depends: 'libc6',
      Provides: 'containerd, runc',
      Conflicts: 'containerd, runc',
      Replaces: 'containerd, runc',
    },
  },
  {
    name: 'docker-ce-cli',
    version: epoch('20.10.24'),
    from: ['docker.io'],
    files: /^usr\/bin\/docker$/,
    fields: { Conflicts: 'docker.io' },
  },
  {
    name: 'docker-ce',
    version: epoch('20.10.24'),
    from: ['docker.io'],
    files: /^(usr\/s?bin\/(?!docker$)|usr\/libexec|lib\/|usr\/lib\/)/,
    fields: {
      Depends: 'containerd.io (>= 1.4.1), docker-ce-cli, iptables, libdevmapper1.02.1, libc6',
      Conflicts: 'docker.io',
    },
  },
];

/** docker's group is made, and its units are started, as the real package does. */
const postinst = `#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
getent group docker > /dev/null || groupadd --system docker
systemctl daemon-reload || true
systemctl enable -q docker.socket docker.service || true
systemctl start docker.service || true
`;

async function repack(one: Repacked, architecture: string, debian: string, pool: string): Promise<void> {
  const work = await mkdtemp(`${tmpdir()}/muster-repack-`);
  try {
    for (const source of one.from) {
      const file = (await readdir(debian)).find((name) => name.startsWith(`${source}_`));
      await execa('dpkg', ['-x', `${debian}/${file}`, `${work}/all`]);
    }
    const { stdout } = await execa('find', ['.', '-not', '-type', 'd', '-printf', '%P\\n'], { cwd: `${work}/all` });
    const wanted = stdout.split('\n').filter((path) => one.files.test(path) && !path.startsWith('usr/share/doc/'));
    await mkdir(`${work}/deb/DEBIAN`, { recursive: true });
    await execa('cp', ['-a', '--parents', ...wanted, `${work}/deb`], { cwd: `${work}/all` });
    const fields = { Package: one.name, Version: one.version, Architecture: architecture, ...one.fields };
    const rest = { Maintainer: 'muster lab <lab@localhost>', Description: `${one.name} for the lab` };
    const control = Object.entries({ ...fields, ...rest }).map(([name, value]) => `${name}: ${value}\n`);
    await writeFile(`${work}/deb/DEBIAN/control`, control.join(''));
    if (one.name === 'docker-ce') await writeFile(`${work}/deb/DEBIAN/postinst`, postinst, { mode: 0o755 });
    if (one.name === 'containerd.io') await disableCri(`${work}/deb`);
    await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '-b', `${work}/deb`, `${pool}/${one.name}.deb`]);
  } finally {
    await rm(work, { recursive: true });
  }
}

/** containerd.io comes with a configuration that switches the CRI plugin off. */
async function disableCri(root: string): Promise<void> {
  await mkdir(`${root}/etc/containerd`, { recursive: true });
  await cp(`${labPaths.files}/containerd.io.toml`, `${root}/etc/containerd/config.toml`);
  await writeFile(`${root}/DEBIAN/conffiles`, '/etc/containerd/config.toml\n');
  const start = 'systemctl daemon-reload || true\nsystemctl enable -q --now containerd || true\n';
  await writeFile(`${root}/DEBIAN/postinst`, `#!/bin/sh\n${start}`, { mode: 0o755 });
}

export const dockerPart = (mirrors: readonly Part[]): Part => ({
  name: 'docker',
  title: 'Packing docker-ce and containerd.io into a repository of their own',
  usual: '10 s',
  inputs: async () => [await Promise.all(mirrors.map((part) => part.inputs())), await textsOf(import.meta.filename)],
  outputs: [`${labPaths.www}/docker-ce/linux/debian/dists/${suite}/InRelease`],
  build: () =>
    replaceFolder(`${labPaths.www}/docker-ce`, async (root) => {
      const architecture = await debianArchitecture();
      const folder = `${root}/linux/debian`;
      const pool = `dists/${suite}/pool/stable`;
      await mkdir(`${folder}/${pool}`, { recursive: true });
      for (const one of repacked)
        await repack(one, architecture, `${labPaths.www}/${defaultSystem}`, `${folder}/${pool}`);
      await writeFile(`${folder}/gpg`, await signingKey());
      const release = `dists/${suite}`;
      const fields = {
        Origin: 'Docker',
        Suite: suite,
        Codename: suite,
        Components: 'stable',
        Architectures: architecture,
      };
      await writeLists({ folder, pool, release, packages: `${release}/stable/binary-${architecture}`, fields });
    }),
});
