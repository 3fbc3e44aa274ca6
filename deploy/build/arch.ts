/** The architectures of releases, with their names in other projects. */
export const arches = {
  x64: { debian: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { debian: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
} as const;

export type Arch = keyof typeof arches;

export const isArch = (name: string): name is Arch => Object.hasOwn(arches, name);
