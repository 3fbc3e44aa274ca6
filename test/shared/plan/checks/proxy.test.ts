import { expect, test } from 'vitest';
import { planText, problemsOf, refuses } from '../plan-text.ts';

const http = 'http://proxy.example:3128';

refuses([
  ['no proxy', { proxy: {} }, 'proxy: proxy-invalid'],
  ['exceptions without a proxy', { proxy: { noProxy: ['a'] } }, 'proxy: proxy-invalid'],
  ...['http://a', '10.0.0.0/33', '10.0.0.0/255.0.0.0', '10.0.0.1-10.0.0.9', '10.*', '10.0.0.256', 'a.*.b', 'a,b'].map(
    (entry) =>
      [`the exception ${entry}`, { proxy: { http, noProxy: [entry] } }, 'proxy.noProxy[0]: no-proxy-entry-invalid'] as [
        string,
        Record<string, unknown>,
        string,
      ],
  ),
]);

test('exceptions that Go, apt or curl know are accepted', () => {
  const noProxy = ['10.0.0.1', '10.0.0.0/8', 'fd00::/8', '.corp.example', '*.corp.example', 'localhost', 'h:8080', '*'];
  expect(problemsOf(planText({ proxy: { http, noProxy } }))).toEqual([]);
});
