import { expect, test } from 'vitest';
import { knownFlags } from '../../../shared/kubeadm/flags.ts';
import { closest, misspelt } from '../../../shared/plan/suggestion.ts';

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

test.each([
  ['audit-log-pth', 'audit-log-path'],
  ['max-podz', 'max-pods'],
  ['audit-log-path', null],
  ['authentication-config', null],
  ['v', null],
])('the long word %s is a typo of %s', (word, candidate) => expect(misspelt(word, knownFlags)).toBe(candidate));
