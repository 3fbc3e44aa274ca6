import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const registryMirrors: Check = {
  id: 'registry-mirrors',
  group: 'sources',
  level: 'warning',
  title: { en: 'The registry mirrors answer', zh: '镜像加速器有应答' },
  reason: {
    en: 'Public mirrors come and go; with a dead one each pull waits for its time-out first.',
    zh: '公共加速器时有失效；失效时每次拉取都要先等待超时。',
  },
  needed: { en: 'an answer of each mirror in the plan', zh: '计划中的每个加速器都有应答' },
  remedy: {
    en: 'Take the dead one out of runtime.registryMirrors',
    zh: '从 runtime.registryMirrors 中去掉失效的加速器',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    if (reach.mirrors === null) return notLooked;
    const bad =
      reach.mirrors.find(({ result }) => result !== 'ok' && result !== 'unknown') ??
      reach.mirrors.find(({ result }) => result !== 'ok');
    if (bad !== undefined) return judgeAttempt(bad);
    return ok(
      reach.mirrors.length === 0
        ? { en: 'none is planned', zh: '计划中没有' }
        : verbatim(reach.mirrors.map(({ target }) => target).join(', ')),
    );
  },
};
