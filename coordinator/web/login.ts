import type { Language } from '../../shared/text/local-text.ts';
import { type Html, html } from './html.ts';

const texts = {
  en: {
    signIn: 'Sign in',
    forTwelveHours: 'Shows the cluster on this browser for twelve hours.',
    byLink: 'On the coordinator’s host, run this and open the link that it prints:',
    once: 'The link is good for ten minutes and for one sign-in.',
    password: 'Password',
    or: 'Or with a link',
    used: 'This link does not sign in any more',
    wrong: 'This is not the password',
    again: 'Try again, or use a link.',
  },
  zh: {
    signIn: '登录',
    forTwelveHours: '在此浏览器中显示集群，有效期十二小时。',
    byLink: '在协调器所在主机上运行以下命令，然后打开它打印的链接：',
    once: '链接十分钟内有效，只能登录一次。',
    password: '密码',
    or: '或使用链接登录',
    used: '此链接已不能再用于登录',
    wrong: '密码不正确',
    again: '请重试，或使用链接登录。',
  },
} satisfies Record<Language, Record<string, string>>;

export interface LoginPage {
  title: string;
  content: Html;
}

interface Situation {
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
