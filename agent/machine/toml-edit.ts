import { isDeepStrictEqual } from 'node:util';
import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';

/** One value to set; tables on the way are created. */
export interface Setting {
  path: readonly [string, ...string[]];
  value: string | boolean | bigint | readonly string[];
}

/**
 * Integers are bigints, so that none loses digits. Skips a byte order mark, as containerd 1.6 and 1.7 do. Throws
 * TomlError, whose message names the line.
 */
export const parseToml = (text: string): TomlTable => parse(text.replace(/^\ufeff/, ''), { integersAsBigInt: true });

export const isTable = (value: TomlValue | undefined): value is TomlTable =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);

/** The value at a path; undefined: none. */
export function valueAt(table: TomlTable, path: readonly string[]): TomlValue | undefined {
  return path.reduce<TomlValue | undefined>((value, key) => (isTable(value) ? value[key] : undefined), table);
}

/**
 * Sets values in a TOML text and keeps everything else, with its comments. A form that cannot be edited line by line,
 * such as an inline table, makes the whole text be written again, without comments. Throws TomlError.
 */
export function withSettings(text: string, settings: readonly Setting[]): string {
  const current = parseToml(text);
  const wanted = structuredClone(current);
  const open = settings.filter(({ path, value }) => !isDeepStrictEqual(valueAt(current, path), value));
  for (const setting of open) setIn(wanted, setting);
  const edited = open.reduce(withLine, text);
  return isSame(edited, wanted) ? edited : stringify(wanted, { numbersAsFloat: true });
}

function isSame(text: string, wanted: TomlTable): boolean {
  try {
    return isDeepStrictEqual(parseToml(text), parseToml(stringify(wanted, { numbersAsFloat: true })));
  } catch {
    return false;
  }
}

function setIn(table: TomlTable, { path, value }: Setting): void {
  let at = table;
  for (const key of path.slice(0, -1)) {
    if (!isTable(at[key])) at[key] = {};
    at = at[key] as TomlTable;
  }
  at[path.at(-1) ?? ''] = Array.isArray(value) ? [...value] : (value as TomlValue);
}

const headerLine = /^\s*\[[^[\]].*\]\s*(#.*)?$/;

/** Sets one value: in its line, below its table's header, or in a new table at the end. */
function withLine(text: string, { path, value }: Setting): string {
  const lines = text.split('\n');
  const table = path.slice(0, -1);
  const key = keyText([path.at(-1) ?? '']);
  const headers = lines.flatMap((line, index) => (headerLine.test(line) ? [index] : []));
  const header = headers.find((index) => isDeepStrictEqual(pathOf(lines[index] ?? ''), table));
  if (table.length > 0 && header === undefined) {
    return `${text.replace(/(?<!\n)\n*$/, '\n')}\n[${keyText(table)}]\n  ${key} = ${valueText(value)}\n`;
  }
  const start = table.length === 0 ? 0 : (header ?? 0) + 1;
  const end = headers.find((index) => index >= start) ?? lines.length;
  for (let index = start; index < end; index += 1) {
    const [, indent = '', name = ''] = /^(\s*)([^=#\s](?:[^=]*[^=\s])?)\s*=/.exec(lines[index] ?? '') ?? [];
    if (name === '' || !isDeepStrictEqual(pathOf(`${name} = {}`), [path.at(-1)])) continue;
    const length = lengthOf(lines.slice(index, end));
    const line = `${indent}${name} = ${valueText(value)}${length === 1 ? commentOf(lines[index] ?? '') : ''}`;
    return lines.toSpliced(index, length, line).join('\n');
  }
  const indent = table.length === 0 ? '' : `${/^\s*/.exec(lines[start - 1] ?? '')?.[0] ?? ''}  `;
  const first = lines.findIndex((line) => !/^\s*(#.*)?$/.test(line));
  const place = table.length === 0 ? Math.min(Math.max(first, 0), end) : start;
  return lines.toSpliced(place, 0, `${indent}${key} = ${valueText(value)}`).join('\n');
}

/** The keys of a header or of a line that assigns an empty table; null: it is neither. */
function pathOf(line: string): string[] | null {
  const table = parsed(line);
  const path: string[] = [];
  for (let at = table; at !== null; ) {
    const [key] = Object.keys(at);
    if (key === undefined) return path;
    path.push(key);
    const next: TomlValue | undefined = at[key];
    at = isTable(next) ? next : null;
  }
  return null;
}

/** How many lines an assignment takes. */
function lengthOf(lines: readonly string[]): number {
  const length = lines.findIndex((_, index) => parsed(lines.slice(0, index + 1).join('\n')) !== null);
  return length + 1 || 1;
}

/** The comment at the end of an assignment, with the spaces before it. */
function commentOf(line: string): string {
  const at = [...line.matchAll(/(?<!\s)\s*#/g)].find(({ index }) => parsed(line.slice(0, index)) !== null);
  return at === undefined ? (/\r$/.exec(line)?.[0] ?? '') : line.slice(at.index);
}

function parsed(text: string): TomlTable | null {
  try {
    return parseToml(text);
  } catch {
    return null;
  }
}

const keyText = (path: readonly string[]) =>
  path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join('.');

/** JSON's escapes are a subset of TOML's. */
const valueText = (value: Setting['value']): string =>
  typeof value === 'object' ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : textOf(value);
const textOf = (value: string | boolean | bigint) =>
  typeof value === 'string' ? JSON.stringify(value) : String(value);
