import { newestListed } from '../kubeadm/fields/index.ts';
import type { PackageSource } from '../plan/schema.ts';
import { debianArchitecture } from '../systems.ts';
import type { PackageFormat, SourceFiles, SourcePurpose } from './format.ts';

const sourceFolder = '/etc/apt/sources.list.d';
/** ASCII-armoured: apt reads `.asc` keyrings since 1.4. */
const filesOf = (purpose: SourcePurpose): SourceFiles => ({
  sourceFile: `${sourceFolder}/muster-${purpose}.list`,
  keyFile: `/etc/apt/keyrings/muster-${purpose}.asc`,
});

export const apt: PackageFormat = {
  packageOf: {
    ...{ conntrack: 'conntrack', ip: 'iproute2', iptables: 'iptables', ethtool: 'ethtool', socat: 'socat' },
    ...{ ebtables: 'ebtables', tc: 'iproute2', mount: 'mount', nsenter: 'util-linux', crictl: 'cri-tools' },
  },
  sourceFolder,
  files: { kubernetes: filesOf('kubernetes'), runtime: filesOf('runtime') },
  sourceText({ url, suite, components }, arch, purpose) {
    const options = `[arch=${debianArchitecture(arch)} signed-by=${filesOf(purpose).keyFile}]`;
    return `${['deb', options, url, suite, ...components].join(' ')}\n`;
  },
  repositories: {
    public: (minor) => publicSource(minor),
    aliyun,
  },
  runtimeMirrors: { docker: 'https://download.docker.com', aliyun: 'https://mirrors.aliyun.com/docker-ce' },
  runtimeRepository({ url, suite, components, key }, { id, codename }) {
    const written = url.replace(/\/+$/, '');
    if (suite !== null) return { url, suite, components, key: key ?? { url: `${written}/gpg` } };
    // Tutorials name the folder of one distribution.
    const perSystem = `${written.replace(/\/linux(\/[a-z]+)?$/, '')}/linux/${id}`;
    return { url: perSystem, suite: codename, components: ['stable'], key: key ?? { url: `${perSystem}/gpg` } };
  },
  newerKeys(url) {
    const newest = url.replace(/\/v1\.\d+(\/deb\/Release\.key)$/, `/v1.${newestListed}$1`);
    return newest === url ? [] : [newest];
  },
  commands: {
    refresh: 'apt-get update',
    install: (packages) => `apt-get install -y ${packages.join(' ')}`,
    reinstall: (packages) => `apt-get install --reinstall -y ${packages.join(' ')}`,
    replace: (packages, version) =>
      `apt-get install -y --allow-downgrades --allow-change-held-packages ${packages.map((name) => `${name}=${version}`).join(' ')}`,
    at: (name, version) => `${name}=${version}`,
    hold: (packages) => `apt-mark hold ${packages.join(' ')}`,
  },
};

/** Aliyun uses the old repository layout up to 1.27 and one repository per minor version since 1.28. */
function aliyun(minor: number): PackageSource {
  if (minor >= 28) return flat(`https://mirrors.aliyun.com/kubernetes-new/core/stable/v1.${minor}/deb/`);
  const url = 'https://mirrors.aliyun.com/kubernetes/apt';
  return { url, suite: 'kubernetes-xenial', components: ['main'], key: { url: `${url}/doc/apt-key.gpg` } };
}

/** All minor versions are signed with one key, whose copy at old ones ended; the newest has the current one. */
function publicSource(minor: number): PackageSource {
  const url = (of: number) => `https://pkgs.k8s.io/core:/stable:/v1.${of}/deb/`;
  return { ...flat(url(minor)), key: { url: `${url(Math.max(minor, newestListed))}Release.key` } };
}

function flat(url: string): PackageSource {
  return { url, suite: '/', components: [], key: { url: `${url}Release.key` } };
}
