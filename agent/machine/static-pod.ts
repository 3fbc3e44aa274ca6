/**
 * A static pod's manifest with these arguments of its program; other text is kept. Unchanged if the program's command
 * is not written as a list, which kubeadm never does.
 */
export function withPodArguments(manifest: string, program: string, wanted: Readonly<Record<string, string>>): string {
  return Object.entries(wanted).reduce((text, [name, value]) => {
    const argument = `--${name}=${value}`;
    const present = new RegExp(`^(\\s*- )["']?--${name}(=\\S*)?$`, 'm');
    if (present.test(text)) return text.replace(present, (_, start: string) => `${start}${argument}`);
    return text.replace(
      new RegExp(`^(\\s*- )${program}\\n`, 'm'),
      (line, start: string) => `${line}${start}${argument}\n`,
    );
  }, manifest);
}

const storageRequest = /^(\s*requests:\n(?:\s+(?:cpu|memory): .*\n)*)\s+ephemeral-storage: .*\n/m;

/** A static pod's manifest that requests no storage; other text is kept. */
export const withoutStorageRequest = (manifest: string): string => manifest.replace(storageRequest, '$1');
