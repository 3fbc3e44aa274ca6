import { withoutControls } from '../../shared/protocol/text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const markup = Symbol('markup');

/** Markup that is safe to send. Only the `html` template makes it: the key is a symbol, which JSON can't carry. */
export interface Html {
  readonly [markup]: string;
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Markup in which every value is escaped, unless the template itself made it. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return { [markup]: strings.reduce((before, string, index) => `${before}${render(values[index - 1])}${string}`) };
}

/** The text to send. */
export function markupOf(html: Html): string {
  return html[markup];
}

function render(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  if (typeof value === 'object') {
    if (markup in value) return value[markup];
    throw new TypeError('an object is neither text nor markup');
  }
  return withoutControls(String(value)).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
