import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { kubernetesVersion, labPaths } from '../layout.ts';
import { debianArchitecture, packages as legacy, type Package, pack } from './packages.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, type Sign, signingKey, signWeakly, writeLists } from './repository.ts';

/**
 * Kubernetes' packages in the layout of pkgs.k8s.io: flat, one repository per minor version, kubeadm without
 * dependencies. Below `core:` there are three: `stable:`, `frozen:` (its key has expired and is renewed in a file
 * beside it) and `weak:` (its signature is one that apt refuses).
 */

const minor = kubernetesVersion.split('.').slice(0, 2).join('.');
const revision = `${kubernetesVersion}-1.1`;
/** Since 2025 the packages name only what they cannot run without. */
const depends: Readonly<Record<string, string>> = {
  kubelet: 'iptables (>= 1.4.21), kubernetes-cni (>= 0.8.7), mount, util-linux',
  kubeadm: '',
};

const modern = (one: Package): Package => ({
  ...one,
  version: one.version.replace(/-00$/, '-1.1'),
  depends: depends[one.name] ?? one.depends,
});

const within = (channel: string) => `${channel}:/v${minor}/deb`;
const fields = { Origin: 'muster-lab', Suite: 'stable', Version: revision };
const place = { pool: '.', release: '.', packages: '.', fields };

/** A channel with the packages of the stable one. */
async function shareStable(core: string, channel: string): Promise<string> {
  const folder = `${core}/${within(channel)}`;
  await mkdir(`${core}/${channel}:/v${minor}`, { recursive: true });
  await execa('cp', ['-al', `${core}/${within('stable')}`, folder]);
  // Links to the same content otherwise, which would be written there, too.
  for (const own of ['Packages', 'Packages.gz', 'Release', 'InRelease', 'Release.key'])
    await rm(`${folder}/${own}`, { force: true });
  return folder;
}

/** A key that expired on 2024-11-02, as that of old minor versions did, and the same key with a later expiry. */
async function frozenKey(): Promise<{ sign: Sign; end(): Promise<void>; keys: { expired: string; renewed: string } }> {
  const home = await mkdtemp(`${tmpdir()}/muster-frozen-`);
  const gpg = (...args: string[]) =>
    execa('gpg', ['--quiet', '--batch', '--yes', '--homedir', home, '--passphrase', '', ...args]);
  const at = (time: string) => ['--faked-system-time', `${time}T000000!`];
  await gpg(...at('20240101'), '--quick-gen-key', 'muster lab frozen', 'rsa3072', 'sign', '2024-11-02');
  const expired = `${(await gpg('--armor', '--export')).stdout}\n`;
  const [fingerprint = ''] = (await gpg('--list-keys', '--with-colons')).stdout.match(/(?<=^fpr:+)[0-9A-F]+/m) ?? [];
  await gpg('--quick-set-expire', fingerprint, '10y');
  const renewed = `${(await gpg('--armor', '--export')).stdout}\n`;
  return {
    sign: (file, signed) => gpg(...at('20240601'), '--clearsign', '-o', signed, file),
    keys: { expired, renewed },
    async end() {
      await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], { reject: false });
      await rm(home, { recursive: true });
    },
  };
}

export const communityPart = (packagesOf: Part): Part => ({
  name: 'community',
  title: 'Packing Kubernetes into repositories like pkgs.k8s.io',
  usual: '10 s',
  inputs: async () => [await packagesOf.inputs(), await textsOf(import.meta.filename)],
  outputs: [`${labPaths.www}/core:/${within('stable')}/InRelease`],
  build: () =>
    replaceFolder(`${labPaths.www}/core:`, async (core) => {
      const architecture = await debianArchitecture();
      const stable = `${core}/${within('stable')}`;
      await mkdir(`${stable}/${architecture}`, { recursive: true });
      for (const one of legacy) await pack(modern(one), architecture, `${stable}/${architecture}`);
      await writeLists({ folder: stable, ...place });

      const weak = await shareStable(core, 'weak');
      await writeLists({ folder: weak, ...place, sign: signWeakly });
      for (const folder of [stable, weak]) await writeFile(`${folder}/Release.key`, await signingKey());

      const frozen = await shareStable(core, 'frozen');
      const key = await frozenKey();
      await writeLists({ folder: frozen, ...place, sign: key.sign });
      await key.end();
      await writeFile(`${frozen}/Release.key`, key.keys.expired);
      await writeFile(`${frozen}/Release.key.expired`, key.keys.expired);
      await writeFile(`${frozen}/Release.key.renewed`, key.keys.renewed);
    }),
});

const frozenFolder = `${labPaths.www}/core:/${within('frozen')}`;

/** Serves the expired key of the frozen repository, or the renewed one. */
export async function serveKey(which: 'expired' | 'renewed'): Promise<void> {
  await writeFile(`${frozenFolder}/Release.key`, await readFile(`${frozenFolder}/Release.key.${which}`));
}

/** Paths of the repositories below the web server. */
export const communityPath = (channel: 'stable' | 'frozen' | 'weak') => `core:/${within(channel)}/`;
