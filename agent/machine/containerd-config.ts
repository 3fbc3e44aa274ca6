import { dirname, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { textOf } from '../../shared/errors/errors.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { HostView } from '../host/host.ts';
import { containerdKeys, isOfCri, runtimesIn, usesRunc, versionOf } from './containerd-layout.ts';
import { hasInlineRegistries, parseConfig } from './containerd-merge.ts';
import { valueAt } from './toml-edit.ts';
import { commandParts, execStarts } from './unit-command.ts';

/** Settings from config.toml; containerd does not report its active settings. */
export type ContainerdConfig = NonNullable<Facts['software']['containerd']> & {
  /** Of the default runtime; null: not set. */
  systemdCgroup: boolean | null;
};

type View = Pick<HostView, 'readFile' | 'list'>;

const unread = {
  ...{ systemdCgroup: null, criDisabled: false, sandboxImage: null, version: null, socket: null },
  ...{ twoRegistryStyles: false, missingRuntime: null, overruledBy: [] },
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
  const { containerd, registry, sandbox } = containerdKeys(table);
  const runtimes = runtimesIn(table);
  const name = textAt(table, [...containerd, 'default_runtime_name']) ?? 'runc';
  const driver = runtimes.find((one) => one.name === name)?.options.options;
  const hasFolder = (textAt(table, [...registry, 'config_path']) ?? '') !== '';
  return {
    systemdCgroup: isTrue((driver as TomlTable | undefined)?.SystemdCgroup),
    criDisabled: disablesCri(table),
    sandboxImage: textAt(table, sandbox),
    version: table.plugins === undefined && table.version === undefined ? null : versionOf(table),
    socket: textAt(table, ['grpc', 'address']),
    twoRegistryStyles: hasFolder && hasInlineRegistries(table),
    missingRuntime: name === 'runc' || runtimes.some((one) => one.name === name) ? null : name,
    overruledBy: await overruling(host, table),
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

/** Imported files that change what muster sets in config.toml: containerd reads them later. */
async function overruling(host: View, table: TomlTable): Promise<string[]> {
  const patterns = Array.isArray(table.imports) ? table.imports.map(String) : [];
  const paths = await Promise.all(patterns.map((pattern) => filesAt(host, pattern)));
  const found = await Promise.all(
    paths.flat().map(async (path) => ((await overrules(host, path)) ? [path.slice(0, 256)] : [])),
  );
  return found.flat().slice(0, 16);
}

/** Expands `*` in the last part of a path. */
async function filesAt(host: View, pattern: string): Promise<string[]> {
  const path = resolve(dirname(hostFiles.containerdConfig), pattern);
  const folder = dirname(path);
  const name = path.slice(folder.length + 1).split('*');
  if (name.length === 1) return [path];
  const expression = new RegExp(`^${name.map((part) => part.replace(/[^\w-]/g, '\\$&')).join('.*')}$`);
  return (await host.list(folder)).filter((one) => expression.test(one)).map((one) => `${folder}/${one}`);
}

async function overrules(host: View, path: string): Promise<boolean> {
  let table: TomlTable;
  try {
    table = parseConfig((await host.readFile(path)) ?? '');
  } catch {
    // containerd does not start with an import that it cannot parse.
    return true;
  }
  const hasOtherDriver = runtimesIn(table).some(
    ({ options }) => usesRunc(options) && valueAt(options, ['options', 'SystemdCgroup']) !== true,
  );
  return hasOtherDriver || disablesCri(table) || textAt(table, containerdKeys(table).sandbox) !== null;
}
