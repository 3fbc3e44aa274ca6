import { minorVersion } from '../kubeadm/version.ts';
import { assumedManager, packageFormats } from '../packages/index.ts';
import type { ReadFile } from './files.ts';
import type { PackageSource, RuntimeSource } from './schema.ts';
import type { WrittenPlan } from './written.ts';

const format = packageFormats[assumedManager];

type Written = NonNullable<WrittenPlan['kubernetes']['packages']>;

/** Resolves the package source for a Kubernetes version. `readFile` reads a key file; its errors are passed on. */
export function packageSource(written: Written, version: string, readFile: ReadFile): PackageSource {
  if (typeof written === 'string') return format.repositories[written](minorVersion(version));
  const { url, suite, components = [], key } = written;
  return { url, suite, components, key: signingKey(key, readFile) };
}

type WrittenRuntime = Exclude<NonNullable<WrittenPlan['runtime']>, string>;

/** Resolves the source of the runtime's packages; null: the host's own sources. */
export function runtimeSource(
  written: NonNullable<WrittenRuntime['packages']>,
  readFile: ReadFile,
): RuntimeSource | null {
  if (written === 'distribution') return null;
  if (typeof written === 'string') {
    return { url: format.runtimeMirrors[written], suite: null, components: [], key: null };
  }
  const { url, suite = null, components = [], key } = written;
  return { url, suite, components, key: key === undefined ? null : signingKey(key, readFile) };
}

function signingKey(key: Exclude<Written, string>['key'], readFile: ReadFile): PackageSource['key'] {
  if (typeof key === 'string') return { url: key };
  if (key.file !== undefined) return { armoured: readFile(key.file) };
  return { url: key.url ?? '', ...(key.sha256 === undefined ? {} : { sha256: key.sha256 }) };
}
