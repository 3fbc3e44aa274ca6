import { expect, test } from 'vitest';
import { LineCounter, parseDocument } from 'yaml';
import { finished } from '../../../shared/finished.ts';
import { parsingDocument } from '../../../shared/plan/yaml-document.ts';
import { fleetPlan } from '../../web/fleet.ts';
import { planText } from './plan-text.ts';

test.each([
  ['a plan', planText()],
  ['nothing', ''],
  ['only a comment', '# nothing\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a broken one', 'hosts: [{name: node01\nb: "\n'],
  ['Windows line ends and a byte order mark', '\uFEFFa: 1\r\nb: [1,\r\n 2]\r\n'],
  ['an anchor and a tag', 'a: &x {b: 1}\nc: *x\nd: !!str 1\n'],
])('reads %s as the library does', (_, text) => {
  const [own, its] = [new LineCounter(), new LineCounter()];
  const document = finished(parsingDocument(text, own));
  const expected = parseDocument(text, { lineCounter: its, prettyErrors: false });
  const errorsOf = ({ errors }: typeof document) => errors.map(({ code, pos }) => [code, pos]);
  expect(errorsOf(document)).toEqual(errorsOf(expected as typeof document));
  expect(document.toJS()).toEqual(expected.toJS());
  expect(own.lineStarts).toEqual(its.lineStarts);
});

test('can be interrupted at each host of a long plan', () => {
  let pauses = 0;
  for (const _ of parsingDocument(fleetPlan(500), new LineCounter())) pauses += 1;
  expect(pauses).toBeGreaterThan(500);
});
