import type { PageRole } from '../../shared/protocol/page.ts';
import { type LoginLink, operatorRoutes } from '../../shared/protocol/status.ts';
import type { Parts } from '../api/parts.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export interface PageAccessOptions {
  store: Store;
  now: () => Date;
  sessions: Sessions;
  passwords: Passwords;
  /** Where browsers reach the page. */
  url: () => string;
  certificateSha256: () => string;
}

/** Operator control over access to the status page. */
export function createPageAccess(options: PageAccessOptions): Pick<Parts, 'loginLink' | 'setPassword'> {
  const { store, now, sessions, passwords, url, certificateSha256 } = options;

  return {
    loginLink(role): LoginLink {
      const { code, expiresAt } = sessions.createCode(role);
      const link = `${url()}${operatorRoutes.login}?code=${code}`;
      return { url: link, expiresAt, certificateSha256: certificateSha256() };
    },
    async setPassword(role, password) {
      await passwords.set(role, password);
      sessions.endAll({ role, via: 'password' });
      store.transaction(() => store.events.add(now().getTime(), 'password', null, told(role, password !== null)));
    },
  };
}

const told = (role: PageRole, isSet: boolean) =>
  isSet
    ? { en: `password of the ${role} set`, zh: `已设置 ${role} 的密码` }
    : { en: `password of the ${role} removed`, zh: `已删除 ${role} 的密码` };
