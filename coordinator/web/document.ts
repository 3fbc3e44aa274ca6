import type { PageRole } from '../../shared/protocol/page.ts';
import type { Language } from '../../shared/text/local-text.ts';
import type { AssetPaths } from './assets.ts';
import { type Html, html } from './html.ts';

const htmlLanguage: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };

interface Frame {
  title: string;
  language: Language;
  paths: AssetPaths;
  head: Html;
  body: Html;
}

function frame({ title, language, paths, head, body }: Frame): Html {
  return html`<!doctype html>
<html lang="${htmlLanguage[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${paths.icon}" type="image/svg+xml">
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

const noScript = {
  en: 'This page requires JavaScript. Without it, run this on the coordinator’s host: ',
  zh: '此页面需要 JavaScript。如不使用 JavaScript，请在协调器所在主机上运行：',
} satisfies Record<Language, string>;

/** The status page's frame: its script fills it. */
export function appDocument(language: Language, role: PageRole, paths: AssetPaths): Html {
  return frame({
    title: 'muster',
    language,
    paths,
    head: html`<script src="${paths.early}"></script>
<link rel="stylesheet" href="${paths.style}">
<script type="module" src="${paths.app}"></script>`,
    body: html`<div id="app" data-role="${role}"></div>
<noscript><main class="narrow"><p>${noScript[language]}<code>sudo muster status --watch</code></p></main></noscript>`,
  });
}

/** A page that needs no script at all. */
export function plainDocument(title: string, language: Language, paths: AssetPaths, content: Html): Html {
  const other: Language = language === 'en' ? 'zh' : 'en';
  return frame({
    title: `${title} · muster`,
    language,
    paths,
    head: html`<script src="${paths.early}"></script>
<link rel="stylesheet" href="${paths.plain}">`,
    body: html`<main class="narrow"><p class="brand"><img src="${paths.icon}" alt="" width="28" height="28">muster</p>
${content}
<p class="other"><a href="/login?lang=${other}" lang="${htmlLanguage[other]}" hreflang="${htmlLanguage[other]}">${other === 'zh' ? '中文' : 'English'}</a></p></main>`,
  });
}
