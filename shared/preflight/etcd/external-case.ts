import type { EtcdFacts } from '../../protocol/facts.ts';
import type { Check } from '../check.ts';

/** muster does not manage an etcd that the site runs. */
export const externalCase = {
  external: {
    remedy: {
      en: 'Tell those who run the external etcd; muster does not manage it',
      zh: '请联系运行外部 etcd 的人员；muster 不管理它',
    },
    command: '',
  },
} satisfies NonNullable<Check['cases']>;

export const caseOf = ({ external }: EtcdFacts): { case?: string } => (external ? { case: 'external' } : {});
