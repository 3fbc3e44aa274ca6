import { Command } from 'commander';
import { expect, it } from 'vitest';
import { type SizeFlags, sizeFlags, sizeFrom } from './size-options.ts';

/** The size that a command line asks for. */
function asked(...words: string[]) {
  const command = new Command('up').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of sizeFlags()) command.addOption(option);
  command.parse(words, { from: 'user' });
  return sizeFrom(command.opts<SizeFlags>());
}

it('is one master and two workers by default, and two workers for several masters, too', () => {
  expect(asked()).toEqual({ masters: 1, hosts: 3 });
  expect(asked('--masters', '3')).toEqual({ masters: 3, hosts: 5 });
});

it('counts the masters among the hosts', () => {
  expect(asked('--masters', '3', '--hosts', '4')).toEqual({ masters: 3, hosts: 4 });
  expect(asked('--masters', '3', '--hosts', '3')).toEqual({ masters: 3, hosts: 3 });
  expect(() => asked('--masters', '3', '--hosts', '2')).toThrow('3 masters');
});

it('refuses what is no number of hosts', () => {
  for (const words of [
    ['--masters', '0'],
    ['--masters', '10'],
    ['--hosts', '101'],
    ['--hosts', 'x'],
  ])
    expect(() => asked(...words), words.join(' ')).toThrow('A lab has 1 to');
});
