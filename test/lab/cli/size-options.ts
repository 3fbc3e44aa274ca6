import { InvalidArgumentError, Option } from 'commander';
import { mostHosts, mostMasters } from '../layout.ts';

export interface SizeFlags {
  masters: number;
  hosts?: number;
}

const numberUpTo = (most: number, what: string) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new InvalidArgumentError(`A lab has 1 to ${most} ${what}.`);
  return value;
};

/** The options of `up` that say how many hosts there are. */
export const sizeFlags = (): Option[] => [
  new Option('--masters <n>', 'how many of the hosts are control planes')
    .argParser(numberUpTo(mostMasters, 'masters'))
    .default(1),
  new Option('--hosts <n>', 'how many hosts, masters included (default: the masters and two workers)').argParser(
    numberUpTo(mostHosts, 'hosts'),
  ),
];

/** How many hosts were asked for. Throws if there are fewer hosts than masters. */
export function sizeFrom({ masters, hosts = masters + 2 }: SizeFlags): { masters: number; hosts: number } {
  if (hosts < masters) throw new InvalidArgumentError(`${hosts} hosts cannot be ${masters} masters.`);
  return { masters, hosts };
}
