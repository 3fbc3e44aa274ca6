import { hasArgumentLists } from './version.ts';

/** A command-line argument, without leading dashes. */
export interface Argument {
  name: string;
  value: unknown;
}

/** Kubernetes' programs take an underscore in a flag's name for a hyphen. */
export const flagName = (name: string): string => name.replaceAll('_', '-');

type PlainObject = Readonly<Record<string, unknown>>;

/** Keys of kubeadm's configuration that hold command-line arguments. */
const argumentKeys = ['extraArgs', 'kubeletExtraArgs'];

/** Reads arguments written as a map or as a list of {name, value}; whatever is neither is left out. */
export function readArguments(written: unknown): Argument[] {
  if (Array.isArray(written)) return written.filter(isArgument).map(({ name, value }) => ({ name, value }));
  return isPlainObject(written) ? Object.entries(written).map(([name, value]) => ({ name, value })) : [];
}

/** The form this kubeadm reads: a map, or a list of pairs; every value a string. */
export function extraArguments(version: string, args: readonly Argument[]): unknown {
  const written = args.map(({ name, value }) => ({ name, value: String(value ?? '') }));
  if (hasArgumentLists(version)) return written;
  return Object.fromEntries(written.map(({ name, value }) => [name, value]));
}

/** Component settings with all arguments in the form this kubeadm reads. */
export function withArguments(version: string, settings: PlainObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => {
      if (argumentKeys.includes(key) && value !== null) return [key, extraArguments(version, readArguments(value))];
      return [key, isPlainObject(value) ? withArguments(version, value) : value];
    }),
  );
}

function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArgument(item: unknown): item is Argument {
  return isPlainObject(item) && typeof item.name === 'string';
}
