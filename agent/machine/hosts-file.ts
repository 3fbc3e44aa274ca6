import { hostsBlockBegin, hostsBlockEnd } from '../../shared/steps/content/hosts-block.ts';

const managed = new RegExp(`^${hostsBlockBegin}\\n[^]*?^${hostsBlockEnd}\\n?`, 'gm');

/**
 * /etc/hosts with muster's block at its head, where it goes before stale lines further down, and all else kept but for two things: the
 * kubelet dies without a localhost, and it takes a loopback address for its own where the host's name has one (Debian's installer
 * writes 127.0.1.1). Unchanged when it is right already.
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

/** A loopback line that names this host is commented out; its other names keep their address. */
function withoutLoopback(line: string, name: string): string[] {
  if (!isLoopback(line) || !namesOf(line).includes(name)) return [line];
  const others = namesOf(line).filter((other) => other !== name);
  const kept = others.length === 0 ? [] : [[fields(line)[0], ...others].join(' ')];
  return [`# muster: ${line.trim()}`, ...kept];
}

const fields = (line: string) => (line.split('#')[0] ?? '').trim().split(/\s+/);
const namesOf = (line: string) => fields(line).slice(1);
const isLoopback = (line: string) => /^(127\.|::1$)/.test(fields(line)[0] ?? '');
