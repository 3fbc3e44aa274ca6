import type { Language } from '../../shared/text/local-text.ts';
import { type Html, html } from './html.ts';

const texts = {
  en: {
    signIn: 'Sign in',
    forTwelveHours: 'Signs this browser in for 12 hours.',
    byLink: 'Run this on the coordinator’s host and open the printed link:',
    once: 'The link is valid for 10 minutes and for one sign-in.',
    password: 'Password',
    or: 'Sign in with a link',
    used: 'This link is no longer valid',
    wrong: 'Incorrect password',
    again: 'Try again, or use a link.',
  },
  zh: {
    signIn: '登录',
    forTwelveHours: '在此浏览器中登录，有效期 12 小时。',
    byLink: '在协调器所在主机上运行以下命令，并打开输出的链接：',
    once: '链接在 10 分钟内有效，仅可登录一次。',
    password: '密码',
    or: '使用链接登录',
    used: '此链接已失效',
    wrong: '密码不正确',
    again: '请重试，或使用链接登录。',
  },
} satisfies Record<Language, Record<string, string>>;

export interface LoginPage {
  title: string;
  content: Html;
}

export interface Situation {
  language: Language;
  /** A password has been set, so that there is something to type. */
  password: boolean;
}

/** For everyone without a session. */
export function loginPage({ language, password }: Situation): LoginPage {
  const text = texts[language];
  return { title: text.signIn, content: html`<h1>${text.signIn}</h1>${ways({ language, password })}` };
}

/** The link from `muster login` leads here; the button spends the code. */
export function codePage(language: Language, code: string): LoginPage {
  const text = texts[language];
  return {
    title: text.signIn,
    content: html`<h1>${text.signIn}</h1>
<p>${text.forTwelveHours}</p>
<form method="post" action="/login?lang=${language}"><input type="hidden" name="code" value="${code}"><button>${text.signIn}</button></form>`,
  };
}

/** For a code that was never given out, has been used or has expired: which one is nobody's business. */
export function codeRefusedPage({ language, password }: Situation): LoginPage {
  const text = texts[language];
  return { title: text.used, content: html`<h1>${text.used}</h1>${ways({ language, password })}` };
}

export function passwordRefusedPage({ language, password }: Situation): LoginPage {
  const text = texts[language];
  return {
    title: text.wrong,
    content: html`<h1>${text.wrong}</h1><p role="alert">${text.again}</p>${ways({ language, password })}`,
  };
}

function ways({ language, password }: Situation): Html {
  const text = texts[language];
  const link = html`<p>${text.byLink}</p>
<p><code class="command">sudo muster login</code></p>
<p class="quiet">${text.once}</p>`;
  if (!password) return link;
  return html`<form method="post" action="/login?lang=${language}">
<label for="password">${text.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button>${text.signIn}</button>
</form>
<h2>${text.or}</h2>
${link}`;
}
