import type { TomlError, TomlTable, TomlValue } from 'smol-toml';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Edit } from '../../shared/steps/change.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { containerdKeys, isOfCri, runtimesIn, usesRunc, versionOf } from './containerd-layout.ts';
import { type Added, type Merged, mergedList } from './merged-list.ts';
import { isTable, parseToml, type Setting, valueAt, withSettings } from './toml-edit.ts';

type Needed = Omit<Extract<Edit, { type: 'containerd-config' }>, 'type'>;

/**
 * Sets in config.toml what Kubernetes needs: the CRI plugin, the sandbox image, the systemd cgroup driver of every
 * runtime that runs runc (nvidia's too), the CNI folders and the planned registries. All else belongs to the site. A
 * missing file gets `content`. `added`: mirrors that muster added before. Throws MusterError
 * `containerd-config-invalid`.
 */
export function mergeContainerdToml(current: string | null, needed: Needed, added: Added = {}): Merged {
  if (current === null || current.trim() === '') {
    return mergeContainerdToml(needed.content, needed, needed.registryStyle === 'inline' ? needed.registries : {});
  }
  // Only some versions of containerd skip a byte order mark.
  const site = current.replace(/^\ufeff/, '');
  const table = parseConfig(site);
  const registries = registrySettings(table, needed, added);
  const settings = [...versionSettings(table), ...criSettings(table, needed), ...registries.settings];
  return { content: withSettings(site, settings), added: registries.added };
}

/** Throws MusterError `containerd-config-invalid`. */
export function parseConfig(text: string): TomlTable {
  let table: TomlTable;
  try {
    table = parseToml(text);
  } catch (cause) {
    const { line, message } = cause as TomlError;
    const what = (message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    const reason = { en: `line ${line}: ${what}`, zh: `第 ${line} 行：${what}` };
    throw new MusterError('containerd-config-invalid', { path: hostFiles.containerdConfig, reason }, { cause });
  }
  const wrong = types.find(({ path, isRight }) => !isRight(valueAt(table, path)));
  if (wrong === undefined) return table;
  const name = wrong.path.join('.');
  const reason = { en: `${name} is not ${wrong.type.en}`, zh: `${name} 不是${wrong.type.zh}` };
  throw new MusterError('containerd-config-invalid', { path: hostFiles.containerdConfig, reason });
}

interface Type {
  path: readonly string[];
  type: LocalText;
  isRight(value: TomlValue | undefined): boolean;
}

/** Values with which containerd does not start if they have another type. */
const types: readonly Type[] = [
  {
    path: ['version'],
    type: { en: 'an integer', zh: '整数' },
    isRight: (value) => ['undefined', 'bigint'].includes(typeof value),
  },
  ...['imports', 'disabled_plugins', 'required_plugins'].map((name) => ({
    path: [name],
    type: { en: 'a list of strings', zh: '字符串列表' },
    isRight: (value: TomlValue | undefined) =>
      value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  })),
  ...[['root'], ['state'], ['grpc', 'address']].map((path) => ({
    path,
    type: { en: 'a string', zh: '字符串' },
    isRight: (value: TomlValue | undefined) => ['undefined', 'string'].includes(typeof value),
  })),
];

const stringsAt = (table: TomlTable, path: readonly string[]): string[] => {
  const value = valueAt(table, path);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
};

/** Enables the CRI plugin. A file without version is version 1; it becomes 2 where nothing else has to change. */
function versionSettings(table: TomlTable): Setting[] {
  const disabled = stringsAt(table, ['disabled_plugins']);
  const kept = disabled.filter((name) => !isOfCri(name));
  const hasVersion1Names =
    isTable(table.plugins) || [...kept, ...stringsAt(table, ['required_plugins'])].some((name) => !name.includes('.'));
  return [
    ...(table.version === undefined && !hasVersion1Names ? [{ path: ['version'], value: 2n } satisfies Setting] : []),
    ...(kept.length < disabled.length ? [{ path: ['disabled_plugins'], value: kept } satisfies Setting] : []),
  ];
}

function criSettings(table: TomlTable, { sandboxImage }: Needed): Setting[] {
  const { sandbox, containerd, cni, legacyDriver } = containerdKeys(table);
  const runc = [...containerd, 'runtimes', 'runc'] as const;
  const runtimes = runtimesIn(table).filter(({ options }) => usesRunc(options));
  const drivers = [...runtimes.map(({ path }) => path), runc].map((path) => [...path, 'options', 'SystemdCgroup']);
  const places = [
    // Without it Debian 13's containerd looks in a folder of its own.
    { key: 'bin_dir', value: '/opt/cni/bin', isNeeded: versionOf(table) < 3 },
    { key: 'conf_dir', value: '/etc/cni/net.d', isNeeded: false },
  ];
  const binDirs = stringsAt(table, [...cni, 'bin_dirs']);
  return [
    { path: sandbox, value: sandboxImage },
    ...(usesRunc(valueAt(table, runc)) ? [] : [{ path: at(runc, 'runtime_type'), value: 'io.containerd.runc.v2' }]),
    ...drivers.map((path) => ({ path: path as [string, ...string[]], value: true })),
    ...(valueAt(table, legacyDriver) === true ? [{ path: legacyDriver, value: false }] : []),
    // Network plugins install there; Debian's package moves the folder.
    ...places.flatMap(({ key, value, isNeeded }) =>
      !isNeeded && (valueAt(table, [...cni, key]) ?? '') === '' ? [] : [{ path: at(cni, key), value }],
    ),
    ...(binDirs.length === 0 || binDirs.includes('/opt/cni/bin')
      ? []
      : [{ path: at(cni, 'bin_dirs'), value: ['/opt/cni/bin', ...binDirs] }]),
  ];
}

const at = (path: readonly [string, ...string[]], key: string): [string, ...string[]] => [...path, key];

/** containerd refuses mirrors in config.toml together with a folder of registries, so the site's style is kept. */
function registrySettings(table: TomlTable, { registryStyle, registries }: Needed, added: Added) {
  const { registry } = containerdKeys(table);
  if (registryStyle === 'folder' && !hasInlineRegistries(table)) {
    const folders = String(valueAt(table, [...registry, 'config_path']) ?? '').split(':');
    const own = hostFiles.containerdRegistries;
    const isNeeded = Object.keys(registries).length > 0 && !folders.includes(own);
    const value = [own, ...folders.filter((folder) => folder !== '')].join(':');
    return { settings: isNeeded ? [{ path: at(registry, 'config_path'), value }] : [], added: {} };
  }
  const settings: Setting[] = [];
  const next: Added = {};
  for (const name of new Set([...Object.keys(registries), ...Object.keys(added)])) {
    const path = [...registry, 'mirrors', name, 'endpoint'] as const;
    const list = mergedList(stringsAt(table, path), registries[name] ?? [], added[name], 'first');
    settings.push({ path: [...path], value: list.items });
    if (list.added.length > 0) next[name] = list.added;
  }
  return { settings, added: next };
}

/** Mirrors or TLS settings in config.toml, containerd's older style. */
export function hasInlineRegistries(table: TomlTable): boolean {
  const registry = valueAt(table, containerdKeys(table).registry);
  if (!isTable(registry)) return false;
  const { mirrors, configs } = registry;
  const hasTls = isTable(configs) && Object.values(configs).some((one) => isTable(one) && isTable(one.tls));
  return hasTls || (isTable(mirrors) && Object.keys(mirrors).length > 0);
}
