import type { EtcdFacts } from '../../protocol/facts.ts';
import type { Check } from '../check.ts';

/** muster does not manage an etcd that the site runs. */
export const externalCase = {
  external: {
    remedy: {
      en: 'Contact the administrators of the external etcd; muster does not manage it',
      zh: '请联系外部 etcd 的管理员；muster 不管理它',
    },
    command: '',
  },
} satisfies NonNullable<Check['cases']>;

export const caseOf = ({ external }: EtcdFacts): { case?: string } => (external ? { case: 'external' } : {});
