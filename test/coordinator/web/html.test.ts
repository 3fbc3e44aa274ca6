import { expect, test } from 'vitest';
import { html, markupOf } from '../../../coordinator/web/html.ts';

test('a value is escaped, in text and in attributes', () => {
  const hostile = `<script>alert("x")</script>'&`;
  expect(markupOf(html`<p title="${hostile}">${hostile}</p>`)).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;</p>',
  );
});

test('markup that the template made is not escaped again, also in lists', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
  expect(markupOf(html`<ul>${items}</ul>`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
});

test('nothing is shown for false, null and undefined, and 0 is shown', () => {
  expect(markupOf(html`[${false}${null}${undefined}${0}]`)).toBe('[0]');
});

test('control characters of a host do not get through', () => {
  expect(markupOf(html`${'\x1b[31mred\x07\x9b'}`)).toBe('red');
});

test('an object that only looks like markup can not come from JSON', () => {
  const forged: unknown = JSON.parse('{"markup": "<script>"}');
  expect(() => html`${forged as string}`).toThrow(TypeError);
});
