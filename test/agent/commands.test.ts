import { expect, test } from 'vitest';
import { createProgram } from '../../agent/commands.ts';
import { exitCode } from '../../shared/errors/errors.ts';
import type { languages } from '../../shared/text/local-text.ts';

/** Every help page, including those of hidden commands. */
const pages = (language: (typeof languages)[number]) => {
  const program = createProgram(language);
  return [program, ...program.commands].map((command) => [command.name(), command.helpInformation()] as const);
};

test.each(pages('zh'))('the help of %s is Chinese in a Chinese locale', (_, page) => {
  const english = page.match(/^(Usage|Options|Commands):|^ {2}\S.* {2}[A-Z][a-z]+ .*$/gm);
  expect(page).toMatch(/\p{Script=Han}/u);
  expect(english).toBeNull();
});

test.each(pages('en'))('the help of %s is English in any other locale', (_, page) => {
  expect(page).not.toMatch(/\p{Script=Han}/u);
});

test('an unknown option of a command is a usage error', async () => {
  const parsing = createProgram('en').parseAsync(['preflight', '--frobnicate'], { from: 'user' });
  await expect(parsing).rejects.toMatchObject({ code: 'option-unknown', exit: exitCode.usage });
});
