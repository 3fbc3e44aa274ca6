import { hostsBlockBegin, hostsBlockEnd } from '../../shared/steps/content/hosts-block.ts';

const managed = new RegExp(`^${hostsBlockBegin}\\r?\\n[^]*?^${hostsBlockEnd}\\r?(\\n|$)`, 'gm');
/** A line of the site that muster has commented out. */
const mark = '# muster: ';

interface Entry {
  address: string;
  names: string[];
}

/**
 * Returns /etc/hosts with muster's block at the top. Lines that give a planned name another address are commented out,
 * because the resolver returns the addresses of all lines; their other names are kept. So are loopback lines of the
 * host's own name (Debian's installer writes 127.0.1.1), which the kubelet would register. Adds a localhost line if
 * there is none for IPv4: the kubelet listens there, and Go asks no other source for a name that the file has. Names are
 * compared without case.
 */
export function hostsContent(current: string, { block, name }: { block: string; name: string }): string {
  const planned = new Map(block.split('\n').flatMap(plannedIn));
  // It has an address in each family.
  planned.delete('localhost');
  // The resolver would not read the first line behind a byte order mark.
  const site = current.replace(/^\ufeff/, '').replace(managed, '');
  const lines = site === '' ? [] : site.replace(/\n$/, '').split('\n');
  const rest = lines.flatMap((line) => withoutStale(line, (entry) => staleNames(entry, planned, name.toLowerCase())));
  const hasLocalhost = rest
    .map(entryOf)
    .some(({ address, names }) => address.startsWith('127.') && names.includes('localhost'));
  const own = withDomain(block, name, domainNames(rest, name.toLowerCase()));
  return `${own}${[...(hasLocalhost ? [] : ['127.0.0.1 localhost']), ...rest].join('\n')}\n`;
}

const plannedIn = (line: string) => {
  const { address, names } = entryOf(line);
  return names.map((name) => [name, address] as const);
};

/** The names of a line that must not have its address. */
function staleNames(entry: Entry, planned: ReadonlyMap<string, string>, own: string): string[] {
  const isOther = (name: string) => planned.has(name) && planned.get(name) !== entry.address;
  // Another address family is not another host, unless it is loopback.
  const stale = entry.address.includes(':') && !isLoopback(entry) ? [] : entry.names.filter(isOther);
  const ofOwn = isLoopback(entry) ? entry.names.filter((name) => isForm(name, own)) : [];
  const forms = entry.names.filter((name) => stale.some((one) => isForm(name, one)));
  return [...new Set([...stale, ...forms, ...ofOwn])];
}

/** Whether one name is the other with a domain: node01.example.com and node01. */
const isForm = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

/** Comments out a line with stale names and keeps its other names, spaces and comment. */
function withoutStale(line: string, staleIn: (entry: Entry) => string[]): string[] {
  const stale = staleIn(entryOf(line));
  if (stale.length === 0) return [line];
  const [text = ''] = line.split('#');
  const others = text.replace(/(?<!\s)(\s+)(\S+)/g, (word, _, name: string) =>
    stale.includes(name.toLowerCase()) ? '' : word,
  );
  const comment = line.slice(text.length);
  const hasOthers = entryOf(others).names.length > 0;
  const spaced = comment === '' || /\s$/.test(others) ? others : `${others} `;
  return [`${mark}${line.trimStart()}`, ...(hasOthers ? [`${spaced}${comment}`] : [])];
}

/** The host's own names with a domain, on loopback lines that muster commented out. */
function domainNames(lines: readonly string[], own: string): string[] {
  const entries = lines.filter((line) => line.startsWith(mark)).map((line) => entryOf(line.slice(mark.length)));
  const names = entries.filter(isLoopback).flatMap((entry) => entry.names);
  return [...new Set(names.filter((name) => name.startsWith(`${own}.`)))];
}

/** Lists the names with a domain first, as `hostname --fqdn` expects. */
const withDomain = (block: string, name: string, names: readonly string[]) =>
  names.length === 0 ? block : block.replace(new RegExp(`^(\\S+) ${name}$`, 'm'), `$1 ${[...names, name].join(' ')}`);

/** The names are in lower case. */
function entryOf(line: string): Entry {
  const [written = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
  // The resolver takes it for the IPv4 address.
  const address = written.replace(/^::ffff:(?=\d+\.)/i, '');
  return { address, names: names.map((name) => name.toLowerCase()) };
}

const isLoopback = ({ address }: Entry) => /^(127\.|(0{0,4}:){2,7}0{0,3}1$)/i.test(address);
