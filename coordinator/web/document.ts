import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageRole } from '../../shared/protocol/page.ts';
import type { Language } from '../../shared/text/local-text.ts';
import type { AssetPaths } from './assets.ts';

const htmlLanguage: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };

interface Frame {
  title: string;
  language: Language;
  paths: AssetPaths;
  head: ComponentChildren;
  body: ComponentChildren;
}

/** Renders the HTML document. Preact escapes all texts and attributes. */
function frame({ title, language, paths, head, body }: Frame): string {
  const document = h(
    'html',
    { lang: htmlLanguage[language] },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', null, title),
      h('link', { rel: 'icon', href: paths.icon, type: 'image/svg+xml' }),
      h('script', { src: paths.early }),
      head,
    ),
    h('body', null, body),
  );
  return `<!doctype html>\n${renderToString(document)}\n`;
}

const noScript = {
  en: 'This page requires JavaScript. Without it, run this on the coordinator’s host: ',
  zh: '此页面需要 JavaScript。如不使用 JavaScript，请在协调器所在主机上运行：',
} satisfies Record<Language, string>;

/** The status page's HTML; its script fills it. */
export function appDocument(language: Language, role: PageRole, paths: AssetPaths): string {
  const hint = h('p', null, noScript[language], h('code', null, 'sudo muster status --watch'));
  return frame({
    title: 'muster',
    language,
    paths,
    head: [h('link', { rel: 'stylesheet', href: paths.style }), h('script', { type: 'module', src: paths.app })],
    body: [h('div', { id: 'app', 'data-role': role }), h('noscript', null, h('main', { class: 'narrow' }, hint))],
  });
}

/** A page that needs no script. */
export function plainDocument(
  title: string,
  language: Language,
  paths: AssetPaths,
  content: ComponentChildren,
): string {
  const other: Language = language === 'en' ? 'zh' : 'en';
  const lang = htmlLanguage[other];
  const brand = h('p', { class: 'brand' }, h('img', { src: paths.icon, alt: '', width: 28, height: 28 }), 'muster');
  const link = h('a', { href: `/login?lang=${other}`, lang, hreflang: lang }, other === 'zh' ? '中文' : 'English');
  return frame({
    title: `${title} · muster`,
    language,
    paths,
    head: h('link', { rel: 'stylesheet', href: paths.plain }),
    body: h('main', { class: 'narrow' }, brand, content, h('p', { class: 'other' }, link)),
  });
}
