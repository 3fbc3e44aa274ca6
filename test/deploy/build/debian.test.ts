import { expect, test } from 'vitest';
import { namesSuite } from '../../../deploy/build/debian.ts';

test.each([
  ['deb http://deb.example/debian bookworm main', true],
  ['# comment\ndeb [arch=amd64 signed-by=/k.gpg] http://deb.example/debian bookworm main contrib', true],
  ['Types: deb\nURIs: http://deb.example/debian\nSuites: bookworm bookworm-updates\nComponents: main', true],
  ['Types: deb\nSuites: bookworm-updates bookworm\n', true],
  ['# deb http://deb.example/debian bookworm main', false],
  ['deb http://other.example/apt sdk-bookworm main', false],
  ['Types: deb\nURIs: https://other.example/node\nSuites: nodistro\n', false],
  ['Types: deb\nSuites: bookworm-security\n', false],
])('distinguishes Debian’s own sources from those of other vendors: %j', (text, own) => {
  expect(namesSuite(text, 'bookworm')).toBe(own);
});
