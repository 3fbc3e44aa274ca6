import type { PackageSource } from '../../plan/schema.ts';

const debianArchitecture: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** One line for /etc/apt/sources.list.d. `arch` is Node's name for the host's architecture: x64 or arm64. */
export function aptSourceFile(source: PackageSource, keyringPath: string, arch: string): string {
  const options = `[arch=${debianArchitecture[arch] ?? arch} signed-by=${keyringPath}]`;
  return `${['deb', options, source.url, source.suite, ...source.components].join(' ')}\n`;
}
