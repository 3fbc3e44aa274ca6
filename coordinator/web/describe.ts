import type { Language, LocalText } from '../../shared/text/local-text.ts';
import type { Session } from './sessions.ts';

const roles: Record<Session['role'], LocalText> = {
  operator: { en: 'an operator', zh: '操作员' },
  viewer: { en: 'a viewer', zh: '只读用户' },
};

const ways: Record<Session['via'], LocalText> = {
  link: { en: 'link', zh: '一次性链接' },
  password: { en: 'password', zh: '密码' },
};

/** "an operator (password)": the actor of an event on the page. */
export function describe(session: Session | null, language: Language = 'en'): string {
  if (session === null) return { en: 'nobody', zh: '无人' }[language];
  const [role, way] = [roles[session.role], ways[session.via]];
  return { en: `${role.en} (${way.en})`, zh: `${role.zh}（${way.zh}）` }[language];
}
