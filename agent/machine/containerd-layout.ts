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

/** A runtime of the CRI plugin: runc, nvidia, kata … */
export interface CriRuntime {
  name: string;
  path: Path;
  options: TomlTable;
}

/** Those of containerd before 2.0 without a name; a type that is set makes the former the default. */
const unnamed = ['default_runtime', 'untrusted_workload_runtime'];

/** The runtimes of the CRI plugin, also the unnamed ones. */
export function runtimesIn(table: TomlTable): CriRuntime[] {
  const { containerd } = containerdKeys(table);
  const runtimes = valueAt(table, [...containerd, 'runtimes']);
  const named = isTable(runtimes) ? Object.keys(runtimes).map((name) => ['runtimes', name]) : [];
  return [...named, ...unnamed.map((name) => [name])].flatMap((keys) => {
    const path: Path = [...containerd, ...keys];
    const options = valueAt(table, path);
    const name = keys.at(-1) ?? '';
    if (!isTable(options) || (unnamed.includes(name) && !options.runtime_type)) return [];
    return [{ name, path, options }];
  });
}

/** The runtime of pods that ask for none. */
export function defaultRuntimeIn(table: TomlTable): { name: string; options: TomlTable | undefined } {
  const { containerd } = containerdKeys(table);
  const runtimes = runtimesIn(table);
  const own = runtimes.find(({ path }) => path.length === containerd.length + 1 && path.at(-1) === unnamed[0]);
  if (own !== undefined) return own;
  const written = valueAt(table, [...containerd, 'default_runtime_name']);
  const name = typeof written === 'string' && written !== '' ? written : 'runc';
  return { name, options: runtimes.find((one) => one.name === name)?.options };
}

/** Whether a runtime is runc or wraps it, and so has a cgroup driver. */
export const usesRunc = (runtime: TomlValue | undefined): boolean =>
  isTable(runtime) && /^io\.containerd\.runc\.v\d$/.test(String(runtime.runtime_type));
