import { dirname, matchesGlob, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { textOf } from '../../shared/errors/errors.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { HostView } from '../host/host.ts';
import { containerdKeys, defaultRuntimeIn, isOfCri, runtimesIn, usesRunc, versionOf } from './containerd-layout.ts';
import { hasInlineRegistries, parseConfig } from './containerd-merge.ts';
import { isTable, valueAt } from './toml-edit.ts';
import { commandParts, execStarts } from './unit-command.ts';

/** Settings from config.toml; containerd does not report its active settings. */
export type ContainerdConfig = NonNullable<Facts['software']['containerd']> & {
  /** Of the default runtime; null: not set. */
  systemdCgroup: boolean | null;
};

type View = Pick<HostView, 'readFile' | 'list'>;

const unread = {
  ...{ systemdCgroup: null, criDisabled: false, sandboxImage: null, version: null, socket: null },
  ...{ twoRegistryStyles: false, missingRuntime: null },
  ...{ overruledBy: [], replacedBy: [], missingImports: [], invalidImports: [] },
};

/** null: config.toml does not exist, and containerd reads no other file. */
export async function readContainerdConfig(host: View): Promise<ContainerdConfig | null> {
  const text = await host.readFile(hostFiles.containerdConfig);
  const otherFile = await otherFileOf(host);
  if (text === null) return otherFile === null ? null : { ...unread, otherFile, invalid: null };
  try {
    return { ...(await settingsIn(host, parseConfig(text))), otherFile };
  } catch (error) {
    return { ...unread, otherFile, invalid: textOf(error).en.slice(0, 256) };
  }
}

/** The file that containerd's unit names instead; null: none. */
async function otherFileOf(host: View): Promise<string | null> {
  const parts = await commandParts(host, 'containerd.service');
  const commands = parts.flatMap(({ text }) => execStarts(text));
  const [, file = ''] = /\s(?:--config|-c)[= ]["']?([^\s"']+)/.exec(commands.at(-1) ?? '') ?? [];
  return file === '' || file === hostFiles.containerdConfig ? null : file.slice(0, 256);
}

async function settingsIn(host: View, table: TomlTable): Promise<Omit<ContainerdConfig, 'otherFile'>> {
  const { registry, sandbox } = containerdKeys(table);
  const { name, options } = defaultRuntimeIn(table);
  const driver = options?.options;
  const hasFolder = (textAt(table, [...registry, 'config_path']) ?? '') !== '';
  return {
    systemdCgroup: isTrue((driver as TomlTable | undefined)?.SystemdCgroup),
    criDisabled: disablesCri(table),
    sandboxImage: textAt(table, sandbox),
    version: table.plugins === undefined && table.version === undefined ? null : versionOf(table),
    socket: textAt(table, ['grpc', 'address']),
    twoRegistryStyles: hasFolder && hasInlineRegistries(table),
    missingRuntime: name === 'runc' || options !== undefined ? null : name,
    ...(await importedSettings(host, table)),
    invalid: null,
  };
}

const textAt = (table: TomlTable, path: readonly string[]) => {
  const value = valueAt(table, path);
  return typeof value === 'string' && value !== '' ? value : null;
};
const isTrue = (value: unknown) => (typeof value === 'boolean' ? value : null);
const disablesCri = ({ disabled_plugins: names }: TomlTable) =>
  Array.isArray(names) && names.some((name) => typeof name === 'string' && isOfCri(name));

/** Files that containerd reads at most, which import each other. */
const mostImports = 64;

type Imports = Pick<ContainerdConfig, 'overruledBy' | 'replacedBy' | 'missingImports' | 'invalidImports'>;

/** Imported files that change what muster sets in config.toml: containerd reads them later, with their own imports. */
async function importedSettings(host: View, table: TomlTable): Promise<Imports> {
  const seen = new Set<string>([hostFiles.containerdConfig]);
  const pending = await importsOf(host, hostFiles.containerdConfig, table);
  const found: Imports = { overruledBy: [], replacedBy: [], missingImports: [], invalidImports: [] };
  for (let path = pending.shift(); path !== undefined && seen.size <= mostImports; path = pending.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await host.readFile(path);
    const imported = text === null ? null : tableOf(text);
    const kind = text === null ? 'missingImports' : imported === null ? 'invalidImports' : effectOf(imported);
    if (kind !== null && found[kind].length < 16) found[kind].push(path.slice(0, 256));
    if (imported !== null) pending.push(...(await importsOf(host, path, imported)));
  }
  return found;
}

function effectOf(imported: TomlTable): 'overruledBy' | 'replacedBy' | null {
  if (overrules(imported)) return 'overruledBy';
  const { plugins } = imported;
  return isTable(plugins) && Object.keys(plugins).some(isOfCri) ? 'replacedBy' : null;
}

async function importsOf(host: View, path: string, { imports }: TomlTable): Promise<string[]> {
  const patterns = Array.isArray(imports) ? imports.map(String) : [];
  return (await Promise.all(patterns.map((pattern) => filesAt(host, resolve(dirname(path), pattern))))).flat();
}

/** Go's patterns also stand for hidden names. */
const fits = (name: string, pattern: string) => matchesGlob(`x${name}`, `x${pattern}`);

/** Expands the patterns in the parts of an absolute path, as containerd does: only if it has an asterisk. */
async function filesAt(host: View, pattern: string): Promise<string[]> {
  if (!pattern.includes('*')) return [pattern];
  let found = [''];
  for (const part of pattern.split('/').slice(1)) {
    const isPattern = /[*?[]/.test(part);
    const below = async (folder: string) => {
      const names = isPattern ? (await host.list(folder)).filter((name) => fits(name, part)) : [part];
      return names.map((name) => `${folder}/${name}`);
    };
    found = (await Promise.all(found.slice(0, mostImports).map(below))).flat();
  }
  return found;
}

function tableOf(text: string): TomlTable | null {
  try {
    return parseConfig(text);
  } catch {
    return null;
  }
}

function overrules(table: TomlTable): boolean {
  const hasOtherDriver = runtimesIn(table).some(
    ({ options }) => usesRunc(options) && valueAt(options, ['options', 'SystemdCgroup']) !== true,
  );
  return hasOtherDriver || disablesCri(table) || textAt(table, containerdKeys(table).sandbox) !== null;
}
