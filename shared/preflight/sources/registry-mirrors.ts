import { type Check, notLooked, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const registryMirrors: Check = {
  id: 'registry-mirrors',
  group: 'sources',
  level: 'warning',
  title: { en: 'Registry mirrors are reachable', zh: '镜像源可达' },
  reason: {
    en: 'Public mirrors disappear; with a dead one each pull waits for its timeout.',
    zh: '公共镜像源常会失效；失效时每次拉取都要等待超时。',
  },
  needed: { en: 'an answer from each planned mirror', zh: '计划中的每个镜像源均有应答' },
  remedy: {
    en: 'Remove the dead mirror from runtime.registryMirrors in the plan',
    zh: '从计划的 runtime.registryMirrors 中删除失效的镜像源',
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
        ? { en: 'no mirrors planned', zh: '计划中没有镜像源' }
        : {
            en: `reachable: ${reach.mirrors.map(({ target }) => target).join(', ')}`,
            zh: `可达：${reach.mirrors.map(({ target }) => target).join('、')}`,
          },
    );
  },
};
