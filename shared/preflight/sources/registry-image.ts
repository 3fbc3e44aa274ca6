import { type Check, error, notLooked } from '../check.ts';
import { judgeAttempt, told } from './attempt.ts';

export const registryImage: Check = {
  id: 'registry-image',
  group: 'sources',
  level: 'error',
  guards: ['images'],
  depends: {
    en: 'Error if the registry has no such image, warning if it refuses the request.',
    zh: '仓库没有该镜像时为错误；拒绝请求时为警告。',
  },
  title: { en: 'Registry has the images of this version', zh: '镜像仓库提供该版本的镜像' },
  reason: {
    en: 'A mirror may lag behind or use other names; the smallest image is checked for all.',
    zh: '镜像源可能滞后或使用其他名称；以最小的镜像代表全部进行检查。',
  },
  needed: { en: 'the sandbox image (pause) of this version', zh: '该版本的沙箱镜像（pause）' },
  remedy: {
    en: 'Set another repository in kubernetes.imageRepository of the plan',
    zh: '在计划的 kubernetes.imageRepository 中设置其他仓库',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    const found = reach.pauseImage;
    if (found === null || found.result !== 'missing') {
      const isOther = found !== null && ['ok', 'failed'].includes(found.result);
      return isOther ? judgeAttempt(found) : notLooked;
    }
    return error(told(found));
  },
};
