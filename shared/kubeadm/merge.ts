type PlainObject = Readonly<Record<string, unknown>>;

/** Keys whose lists are joined. */
const joined = ['ignorePreflightErrors'];

/**
 * Merges `over` into `base` without changing either: plain objects recursively, v1beta4's lists of {name, value}
 * arguments by name; anything else is replaced. An empty section (null) changes nothing.
 */
export function deepMerge(base: PlainObject, over: PlainObject): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = joined.includes(key) ? join(base[key], value) : mergeValue(base[key], value);
  }
  return merged;
}

function mergeValue(base: unknown, over: unknown): unknown {
  if (isPlainObject(base) && isPlainObject(over)) return deepMerge(base, over);
  if (isArguments(base) && isArguments(over)) {
    return [...base.filter(({ name }) => over.every((argument) => argument.name !== name)), ...over];
  }
  return over === null && typeof base === 'object' ? base : over;
}

function join(base: unknown, over: unknown): unknown {
  return Array.isArray(base) && Array.isArray(over) ? [...new Set([...base, ...over])] : mergeValue(base, over);
}

function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArguments(value: unknown): value is { name: string; value: unknown }[] {
  return (
    Array.isArray(value) &&
    value.every((item) => isPlainObject(item) && typeof item.name === 'string' && 'value' in item)
  );
}
