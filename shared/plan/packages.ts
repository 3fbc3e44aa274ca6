import { minorVersion } from '../kubeadm/version.ts';
import type { PackageSource } from './schema.ts';
import type { WrittenPlan } from './written.ts';

type Written = NonNullable<WrittenPlan['kubernetes']['packages']>;

/** The source of Kubernetes packages for a version; a key file is read through `readFile`, whose errors are passed on. */
export function packageSource(written: Written, version: string, readFile: (path: string) => string): PackageSource {
  const minor = minorVersion(version);
  if (written === 'public') return flat(`https://pkgs.k8s.io/core:/stable:/v1.${minor}/deb/`);
  if (written === 'aliyun') return aliyun(minor);
  const { url, suite, components = [], key } = written;
  return { url, suite, components, key: signingKey(key, readFile) };
}

/** Aliyun keeps the old repository's layout up to 1.27, and one repository for each minor version from 1.28 on. */
function aliyun(minor: number): PackageSource {
  if (minor >= 28) return flat(`https://mirrors.aliyun.com/kubernetes-new/core/stable/v1.${minor}/deb/`);
  const url = 'https://mirrors.aliyun.com/kubernetes/apt';
  return { url, suite: 'kubernetes-xenial', components: ['main'], key: { url: `${url}/doc/apt-key.gpg` } };
}

function flat(url: string): PackageSource {
  return { url, suite: '/', components: [], key: { url: `${url}Release.key` } };
}

function signingKey(key: Exclude<Written, string>['key'], readFile: (path: string) => string): PackageSource['key'] {
  if (typeof key === 'string') return { url: key };
  if (key.file !== undefined) return { armoured: readFile(key.file) };
  return { url: key.url ?? '', ...(key.sha256 === undefined ? {} : { sha256: key.sha256 }) };
}
