import { InvalidArgumentError, Option } from 'commander';
import type { Setup } from '../host/setup.ts';
import { hostNamed } from '../layout.ts';
import { defaultSystem, type System, systems } from '../systems.ts';

/** A value for all hosts, or for the named ones. */
type PerHost<T> = T | ReadonlyMap<string, T>;

export interface SetupFlags {
  os?: PerHost<System>;
  firewall?: PerHost<'ufw' | 'firewalld'>;
  networkManager?: PerHost<true>;
  newestRuntime?: PerHost<true>;
  dirty?: PerHost<true>;
}

function hostName(name: string): string {
  if (hostNamed(name) === undefined) throw new InvalidArgumentError(`The lab has no host named ${name}.`);
  return name;
}

/** Parses `VALUE` or `HOST=VALUE,…`. */
export function perHost<T extends string>(choices: readonly T[], text: string): PerHost<T> {
  const chosen = (value = ''): T => {
    const found = choices.find((one) => one === value);
    if (found === undefined) throw new InvalidArgumentError(`Choose from ${choices.join(', ')}.`);
    return found;
  };
  if (!text.includes('=')) return chosen(text);
  return new Map(
    text.split(',').map((pair) => {
      const [name = '', value] = pair.split('=');
      return [hostName(name), chosen(value)];
    }),
  );
}

const named = (text: string): ReadonlyMap<string, true> =>
  new Map(text.split(',').map((name) => [hostName(name), true]));

const choice = <T extends string>(flags: string, description: string, choices: readonly T[]) =>
  new Option(flags, `${description}: ${choices.join(', ')}; for all hosts, or HOST=VALUE,…`).argParser((text: string) =>
    perHost(choices, text),
  );

const some = (flag: string, description: string) =>
  new Option(`${flag} [hosts]`, `${description}; on all hosts, or on HOST,…`).argParser(named);

/** The options of `up` that say what hosts are like before muster. */
export const flagsFor = (): Option[] => [
  choice('--os <name>', `system (default: ${defaultSystem})`, systems),
  choice('--firewall <name>', 'a firewall that runs and refuses what comes in', ['ufw', 'firewalld']),
  some('--network-manager', 'NetworkManager runs'),
  some('--newest-runtime', 'containerd and docker of Debian unstable are offered, too (implies --os debian-13)'),
  some('--dirty', 'files that tutorials, installers and clouds leave behind'),
];

const isMap = <T>(value: PerHost<T>): value is ReadonlyMap<string, T> => value instanceof Map;
const valueFor = <T>(value: PerHost<T> | undefined, name: string): T | undefined =>
  value !== undefined && isMap(value) ? value.get(name) : value;

/** What was asked for each host; undefined: nothing was, and hosts stay as they are. */
export function setupFrom(flags: SetupFlags): ((name: string) => Partial<Setup>) | undefined {
  if (Object.keys(flags).length === 0) return undefined;
  return (name) => {
    const newestRuntime = valueFor(flags.newestRuntime, name) ?? false;
    return {
      system: newestRuntime ? 'debian-13' : (valueFor(flags.os, name) ?? defaultSystem),
      newestRuntime,
      firewall: valueFor(flags.firewall, name) ?? null,
      networkManager: valueFor(flags.networkManager, name) ?? false,
      dirty: valueFor(flags.dirty, name) ?? false,
    };
  };
}
