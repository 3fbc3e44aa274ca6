import { expect, test } from 'vitest';
import { closest } from '../../../shared/plan/suggestion.ts';

const keys = ['kubernetes', 'runtime', 'network', 'hosts', 'preparation', 'preflight'];

test.each([
  ['kubernets', 'kubernetes'],
  ['Runtime', 'runtime'],
  ['netwrok', 'network'],
  ['prep', 'preparation'],
  ['host', 'hosts'],
  ['pre', null],
  ['net', 'network'],
  ['nwt', null],
])('%s is suggested as %s', (word, candidate) => expect(closest(word, keys)).toBe(candidate));

test.each(['backup', 'x', ''])('%j has no suggestion', (word) => expect(closest(word, keys)).toBeNull());
