import { expect, test } from 'vitest';
import { createProgram } from '../../../../coordinator/cli/program.ts';
import { actionCatalogue, actions } from '../../../../shared/actions/catalogue.ts';

const program = createProgram({ stdout: process.stdout, stderr: process.stderr, env: {}, language: 'en' });
const commandOf = (name: string) => program.commands.find((command) => command.name() === name);

test.each(actions)('muster %s exists, with the summary and the options of the catalogue', (action) => {
  const { summary, options = [], dangerous = false } = actionCatalogue[action];
  const command = commandOf(action);
  const flags = command?.options.map((option) => option.flags);
  expect(command?.description()).toBe(summary.en);
  expect(flags).toEqual(expect.arrayContaining(options.map((option) => option.flags)));
  expect(flags?.includes('-y, --yes')).toBe(dangerous);
});
