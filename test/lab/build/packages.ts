import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { kubernetesVersion, labPaths } from '../layout.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, signingKey, writeLists } from './repository.ts';

/** An apt repository laid out like the public one of Kubernetes (suite kubernetes-xenial, component main). */

export interface Package {
  name: string;
  version: string;
  depends: string;
  /** Path in the package -> file that is packed there. */
  files: Readonly<Record<string, string>>;
  postinst?: string;
}

const { bin, files, tools } = labPaths;
const revision = `${kubernetesVersion}-00`;

export const packages: readonly Package[] = [
  { name: 'kubernetes-cni', version: '0.8.7-00', depends: 'libc6', files: { 'opt/cni/bin': `${tools}/usr/lib/cni` } },
  { name: 'cri-tools', version: '1.19.0-00', depends: 'libc6', files: { 'usr/bin/crictl': `${files}/crictl` } },
  {
    name: 'kubelet',
    version: revision,
    depends: 'iptables, kubernetes-cni (>= 0.8.7), iproute2, socat, util-linux, mount, ebtables, ethtool, conntrack',
    files: { 'usr/bin/kubelet': `${bin}/kubelet`, 'lib/systemd/system/kubelet.service': `${files}/kubelet.service` },
    postinst: `${files}/kubelet.postinst`,
  },
  { name: 'kubectl', version: revision, depends: 'libc6', files: { 'usr/bin/kubectl': `${bin}/kubectl` } },
  {
    name: 'kubeadm',
    version: revision,
    depends: 'kubelet (>= 1.13.0), kubectl (>= 1.13.0), kubernetes-cni (>= 0.8.6), cri-tools (>= 1.13.0)',
    files: {
      'usr/bin/kubeadm': `${bin}/kubeadm`,
      'etc/systemd/system/kubelet.service.d/10-kubeadm.conf': `${files}/10-kubeadm.conf`,
    },
  },
];

const suite = 'kubernetes-xenial';

/** Debian's name of this machine's architecture: the hosts have the same. */
export async function debianArchitecture(): Promise<string> {
  return (await execa('dpkg', ['--print-architecture'])).stdout;
}

export async function pack(one: Package, architecture: string, pool: string): Promise<void> {
  const staging = `${labPaths.cache}/deb`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(`${staging}/DEBIAN`, { recursive: true });
  const fields = {
    Package: one.name,
    Version: one.version,
    Architecture: architecture,
    Maintainer: 'muster lab <lab@localhost>',
    ...(one.depends === '' ? {} : { Depends: one.depends }),
    Description: `${one.name} for the lab`,
  };
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(`${staging}/DEBIAN/control`, control.join(''));
  if (one.postinst !== undefined) {
    await cp(one.postinst, `${staging}/DEBIAN/postinst`);
    await chmod(`${staging}/DEBIAN/postinst`, 0o755);
  }
  for (const [target, source] of Object.entries(one.files)) {
    await mkdir(`${staging}/${path.dirname(target)}`, { recursive: true });
    await cp(source, `${staging}/${target}`, { recursive: true, dereference: true });
  }
  const file = `${pool}/${one.name}_${one.version}_${architecture}.deb`;
  await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '-b', staging, file]);
  await rm(staging, { recursive: true });
}

export const packagesPart = (kubernetes: Part, toolsOf: Part): Part => ({
  name: 'packages',
  title: 'Packing kubeadm, kubelet and kubectl into a signed apt repository',
  usual: '15 s',
  inputs: async () => [
    await kubernetes.inputs(),
    await toolsOf.inputs(),
    await textsOf(
      import.meta.filename,
      ...['crictl', 'kubelet.service', 'kubelet.postinst', '10-kubeadm.conf'].map((name) => `${files}/${name}`),
    ),
  ],
  outputs: [`${labPaths.www}/kubernetes/dists/${suite}/InRelease`],
  build: () =>
    replaceFolder(`${labPaths.www}/kubernetes`, async (folder) => {
      const architecture = await debianArchitecture();
      await mkdir(`${folder}/pool`);
      for (const one of packages) await pack(one, architecture, `${folder}/pool`);
      await mkdir(`${folder}/doc`);
      await writeFile(`${folder}/doc/apt-key.gpg`, await signingKey());
      const release = `dists/${suite}`;
      const fields = { Codename: suite, Suite: suite, Components: 'main', Architectures: architecture };
      await writeLists({ folder, pool: 'pool', release, packages: `${release}/main/binary-${architecture}`, fields });
    }),
});
