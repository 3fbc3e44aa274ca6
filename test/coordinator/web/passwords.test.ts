import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPasswords } from '../../../coordinator/web/passwords.ts';
import { removeFolder, tempFolder } from '../support.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => removeFolder(folder));

test('of a flood of attempts only some wait for their turn, and the password works again afterwards', async () => {
  const passwords = createPasswords(folder);
  await passwords.set('viewer', 'correct horse');
  const attempts = Array.from({ length: 200 }, async () => passwords.roleOf('guess').catch(({ code }) => code));
  const answers = await Promise.all(attempts);
  expect(answers.filter((answer) => answer === null).length).toBeLessThan(50);
  expect(new Set(answers)).toEqual(new Set([null, 'sign-ins-busy']));
  expect(await passwords.roleOf('correct horse')).toBe('viewer');
});
