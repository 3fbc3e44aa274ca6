import { InvalidArgumentError, Option } from 'commander';
import { type Phase, phases } from '../../shared/protocol/status.ts';
import type { Cli } from './help.ts';

export function phaseOption({ say }: Cli): Option {
  return new Option('--phase <phase>', say({ en: 'Only hosts in this phase', zh: '仅处于该阶段的主机' }))
    .choices(phases)
    .argParser(phase);
}

export function searchOption({ say }: Cli): Option {
  return new Option(
    '--search <text>',
    say({ en: 'Only hosts with this text in their name or address', zh: '仅名称或地址包含该文本的主机' }),
  );
}

export function limitOption({ say }: Cli): Option {
  return new Option(
    '--limit <number>',
    say({
      en: 'Maximum number of hosts; if there are more, the most urgent ones',
      zh: '主机数量上限；若主机更多，则取最紧急的',
    }),
  ).argParser(limit);
}

/** Accepts a phase as tables show it, too: "not Ready". Throws InvalidArgumentError. */
function phase(text: string): Phase {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '-');
  const known = phases.find((one) => one === wanted);
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${phases.join(', ')}.`);
  return known;
}

function limit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text.trim())) throw new InvalidArgumentError('count');
  return Number(text);
}
