import type { TomlTable, TomlValue } from 'smol-toml';
import { isTable, valueAt } from './toml-edit.ts';

type Path = [string, ...string[]];

/** Where a version of config.toml keeps the settings of the CRI plugin. */
interface Layout {
  sandbox: Path;
  containerd: Path;
  cni: Path;
  registry: Path;
  /** The cgroup driver of containerd 1.2's runtime, which newer runtimes refuse. */
  legacyDriver: Path;
}

const singlePlugin = (plugin: string): Layout => ({
  sandbox: ['plugins', plugin, 'sandbox_image'],
  containerd: ['plugins', plugin, 'containerd'],
  cni: ['plugins', plugin, 'cni'],
  registry: ['plugins', plugin, 'registry'],
  legacyDriver: ['plugins', plugin, 'systemd_cgroup'],
});

const layouts: Readonly<Record<string, Layout>> = {
  1: singlePlugin('cri'),
  2: singlePlugin('io.containerd.grpc.v1.cri'),
  3: {
    sandbox: ['plugins', 'io.containerd.cri.v1.images', 'pinned_images', 'sandbox'],
    registry: ['plugins', 'io.containerd.cri.v1.images', 'registry'],
    containerd: ['plugins', 'io.containerd.cri.v1.runtime', 'containerd'],
    cni: ['plugins', 'io.containerd.cri.v1.runtime', 'cni'],
    legacyDriver: ['plugins', 'io.containerd.cri.v1.runtime', 'systemd_cgroup'],
  },
};

/** A file without version is version 1 if it configures a plugin by its short name, otherwise as good as version 2. */
export function versionOf(table: TomlTable): number {
  if (table.version !== undefined) return Number(table.version);
  const names = isTable(table.plugins) ? Object.keys(table.plugins) : [];
  return names.length > 0 ? 1 : 2;
}

export const containerdKeys = (table: TomlTable): Layout =>
  layouts[versionOf(table)] ?? (layouts[versionOf(table) < 2 ? 1 : 3] as Layout);

/** Names of the CRI plugin in disabled_plugins, in any version. */
export const isOfCri = (name: string): boolean => /^(cri|io\.containerd\.(grpc\.v1\.cri|cri\.v1\.\w+))$/.test(name);

/** The runtimes of the CRI plugin: runc, nvidia, kata … */
export function runtimesIn(table: TomlTable): { name: string; path: Path; options: TomlTable }[] {
  const { containerd } = containerdKeys(table);
  const runtimes = valueAt(table, [...containerd, 'runtimes']);
  const found = isTable(runtimes) ? Object.entries(runtimes) : [];
  return found.flatMap(([name, options]) =>
    isTable(options) ? [{ name, options, path: [...containerd, 'runtimes', name] as Path }] : [],
  );
}

/** Whether a runtime is runc or wraps it, and so has a cgroup driver. */
export const usesRunc = (runtime: TomlValue | undefined): boolean =>
  isTable(runtime) && /^io\.containerd\.runc\.v\d$/.test(String(runtime.runtime_type));
