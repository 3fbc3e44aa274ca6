import { hostsBlockBegin, hostsBlockEnd } from '../../shared/steps/content/hosts-block.ts';

const managed = new RegExp(`^${hostsBlockBegin}\\n[^]*?^${hostsBlockEnd}\\n?`, 'gm');

/**
 * Returns /etc/hosts with muster's block at the top, where it takes precedence over stale lines. Adds a localhost line
 * if there is none, because the kubelet needs it. Comments out loopback lines for the host's name (Debian's installer
 * writes 127.0.1.1), because the kubelet would register that address.
 */
export function hostsContent(current: string, { block, name }: { block: string; name: string }): string {
  const rest = current
    .replace(managed, '')
    .split('\n')
    .flatMap((line) => withoutLoopback(line, name));
  while (rest.at(-1) === '') rest.pop();
  const localhost = rest.some((line) => isLoopback(line) && namesOf(line).includes('localhost'));
  return `${block}${[...(localhost ? [] : ['127.0.0.1 localhost']), ...rest].join('\n')}\n`;
}

/** Comments out a loopback line for this host's name and keeps its other names. */
function withoutLoopback(line: string, name: string): string[] {
  if (!isLoopback(line) || !namesOf(line).includes(name)) return [line];
  const others = namesOf(line).filter((other) => other !== name);
  const kept = others.length === 0 ? [] : [[fields(line)[0], ...others].join(' ')];
  return [`# muster: ${line.trim()}`, ...kept];
}

const fields = (line: string) => (line.split('#')[0] ?? '').trim().split(/\s+/);
const namesOf = (line: string) => fields(line).slice(1);
const isLoopback = (line: string) => /^(127\.|::1$)/.test(fields(line)[0] ?? '');
