import { Argument, InvalidArgumentError, Option } from 'commander';
import { expect, test } from 'vitest';
import { LocalCommand } from '../../../shared/cli/command.ts';
import { exitCode } from '../../../shared/errors/errors.ts';

function parse(...args: string[]): unknown {
  const program = new LocalCommand('tool');
  program
    .command('copy')
    .argument('<file>')
    .addArgument(new Argument('[mode]').choices(['fast', 'safe']))
    .option('--force')
    .addOption(new Option('--level <level>').choices(['low', 'high']))
    .addOption(new Option('--watch').conflicts('force'))
    .option('--timeout <seconds>', '', () => {
      throw new InvalidArgumentError('seconds');
    })
    .action(() => {});
  return program.parseAsync(args, { from: 'user' }).then(
    () => null,
    (error: unknown) => error,
  );
}

test.each([
  [['cpoy'], 'command-unknown', { name: 'cpoy', hint: { en: '; did you mean copy?' }, help: 'tool --help' }],
  [['quux'], 'command-unknown', { name: 'quux', hint: '' }],
  [['copy', 'a', '--forse'], 'option-unknown', { name: '--forse', hint: { zh: expect.stringContaining('--force') } }],
  [['copy', 'a', "--it's"], 'option-unknown', { name: "--it's", hint: '' }],
  [['copy'], 'argument-missing', { name: 'file', help: 'tool copy --help' }],
  [['copy', 'a', '--level'], 'option-value-missing', { name: '--level <level>' }],
  [['copy', 'a', 'fast', 'b', 'c'], 'arguments-excess', { given: 'a, fast, b, c' }],
  [['copy', 'a', '--watch', '--force'], 'options-conflict', { name: '--watch', other: '--force' }],
  [
    ['copy', 'a', '--level', 'mid'],
    'value-invalid',
    { name: '--level <level>', given: 'mid', needed: ['low', 'high'] },
  ],
  [['copy', 'a', 'slow'], 'value-invalid', { name: 'mode', given: 'slow', needed: ['fast', 'safe'] }],
  [['copy', 'a', '--timeout', 'x'], 'value-invalid', { given: 'x', needed: { en: 'a number of seconds', zh: '秒数' } }],
])('%j is %s', async (args, code, params) => {
  expect(await parse(...args)).toMatchObject({ code, exit: exitCode.usage, params });
});

test('correct use is no error', async () => {
  expect(await parse('copy', 'a', 'fast', '--level', 'low')).toBeNull();
});
