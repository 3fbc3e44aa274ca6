import { isTable, parseToml } from './toml-edit.ts';

const ownFile = '# Written by muster.';
const begin = '# muster: begin';
const end = '# muster: end';
const block = new RegExp(`^${begin}\\n[\\s\\S]*?^${end}\\n`, 'gm');

/** Whether muster wrote the whole file. */
export const isOwnFile = (text: string | null): boolean => text?.startsWith(ownFile) === true;

/**
 * Adds the hosts of muster's hosts.toml to one of the site, in a block before the site's hosts: containerd tries them
 * in file order. Hosts that the site lists itself keep its settings, such as a CA.
 */
export function mergeHostsToml(current: string | null, content: string): string {
  if (current === null || current.trim() === '' || isOwnFile(current)) return content;
  const site = withoutBlock(current);
  const known = hostsIn(site);
  const missing = content
    .split(/^(?=\[host\.)/m)
    .slice(1)
    .filter((host) => hostsIn(host).some((name) => !known.includes(name)));
  if (missing.length === 0) return site;
  const at = /^[ \t]*\[/m.exec(site)?.index ?? site.length;
  const before = site.slice(0, at).replace(/([^\n])$/, '$1\n');
  return `${before}${begin}\n${missing.map((host) => `${host.trim()}\n`).join('')}${end}\n${site.slice(at)}`;
}

export const withoutBlock = (text: string): string => text.replace(block, '');

function hostsIn(text: string): string[] {
  try {
    const { host } = parseToml(text);
    return isTable(host) ? Object.keys(host) : [];
  } catch {
    return [];
  }
}
