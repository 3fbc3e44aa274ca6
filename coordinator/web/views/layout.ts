import { type Html, html } from '../html.ts';
import type { Tone } from '../words.ts';

/** What changes while the page is open. */
export interface View {
  title: string;
  main: Html;
}

/** A whole page that keeps itself up to date. */
export function document(view: View): Html {
  return page(
    view,
    html`<script src="/page.js" defer></script>
    <noscript><meta http-equiv="refresh" content="5"></noscript>`,
  );
}

/** A whole page that stays as it is. */
export function page(view: View, head?: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${view.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/parts.css">
<link rel="stylesheet" href="/host.css">
${head}
</head>
<body>
<header class="bar"><a class="brand" href="/"><img src="/icon.svg" alt="" width="24" height="24">muster</a></header>
<p id="stale" role="alert" hidden></p>
${view.main}
</body>
</html>
`;
}

/** What the page's script asks for every two seconds: the title and the main element. */
export function fragment(view: View): Html {
  return html`<title>${view.title}</title>${view.main}`;
}

/** A word with its colour. */
export function pill(tone: Tone, text: string): Html {
  return html`<span class="pill ${tone}">${text}</span>`;
}

/** A command to be copied; empty where there is none. */
export function command(text: string): Html | null {
  return text === '' ? null : html`<code class="command">${text}</code>`;
}
