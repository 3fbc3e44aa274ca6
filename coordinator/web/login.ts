import { type ComponentChild, Fragment, h } from 'preact';
import { withoutControls } from '../../shared/protocol/text.ts';
import type { Language } from '../../shared/text/local-text.ts';

const texts = {
  en: {
    signIn: 'Sign in',
    forTwelveHours: 'Signs this browser in for 12 hours.',
    byLink: 'Run this on the coordinator’s host and open the printed link:',
    once: 'The link is valid for 10 minutes and for one sign-in.',
    password: 'Password',
    or: 'Or use a link',
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
    or: '或使用链接',
    used: '此链接已失效',
    wrong: '密码不正确',
    again: '请重试，或使用链接登录。',
  },
} satisfies Record<Language, Record<string, string>>;

export interface LoginPage {
  title: string;
  content: ComponentChild;
}

export interface Situation {
  language: Language;
  /** Whether a password is set, so that the form is shown. */
  password: boolean;
}

const page = (title: string, ...content: ComponentChild[]): LoginPage => ({
  title,
  content: h(Fragment, null, h('h1', null, title), content),
});

/** The login page, for requests without a session. */
export function loginPage({ language, password }: Situation): LoginPage {
  return page(texts[language].signIn, ...ways({ language, password }));
}

/** The page behind the link of `muster login`; its button redeems the code. */
export function codePage(language: Language, code: string): LoginPage {
  const text = texts[language];
  const field = h('input', { type: 'hidden', name: 'code', value: withoutControls(code) });
  return page(text.signIn, h('p', null, text.forTwelveHours), form(language, field, h('button', null, text.signIn)));
}

/** For an unknown, used or expired code; the page does not reveal which. */
export function codeRefusedPage({ language, password }: Situation): LoginPage {
  return page(texts[language].used, ...ways({ language, password }));
}

export function passwordRefusedPage({ language, password }: Situation): LoginPage {
  const text = texts[language];
  return page(text.wrong, h('p', { role: 'alert' }, text.again), ...ways({ language, password }));
}

const form = (language: Language, ...fields: ComponentChild[]) =>
  h('form', { method: 'post', action: `/login?lang=${language}` }, fields);

function ways({ language, password }: Situation): ComponentChild[] {
  const text = texts[language];
  const link = [
    h('p', null, text.byLink),
    h('p', null, h('code', { class: 'command' }, 'sudo muster login')),
    h('p', { class: 'quiet' }, text.once),
  ];
  if (!password) return link;
  const field = {
    id: 'password',
    name: 'password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
    autofocus: true,
  } as const;
  const fields = [h('label', { for: 'password' }, text.password), h('input', field), h('button', null, text.signIn)];
  return [form(language, ...fields), h('h2', null, text.or), ...link];
}
