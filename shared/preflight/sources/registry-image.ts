import { type Check, error, notLooked } from '../check.ts';
import { judgeAttempt, told } from './attempt.ts';

export const registryImage: Check = {
  id: 'registry-image',
  group: 'sources',
  level: 'error',
  depends: {
    en: 'Error where the registry says that it has no such image, warning where it refuses.',
    zh: '仓库明确没有该镜像时为错误；拒绝访问时为警告。',
  },
  title: { en: 'The registry has this version’s images', zh: '镜像仓库提供该版本镜像' },
  reason: {
    en: 'A mirror may lag behind or name images in another way; the smallest one stands for all.',
    zh: '镜像站可能滞后或命名不同；以最小的镜像代表全部。',
  },
  needed: { en: 'the sandbox image (pause) of this version', zh: '该版本的沙箱镜像 (pause)' },
  remedy: {
    en: 'Name another repository in the plan under kubernetes.imageRepository',
    zh: '在计划的 kubernetes.imageRepository 中换用其他仓库',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    const found = reach.pauseImage;
    if (found === null || found.result !== 'missing') {
      const isOther = found !== null && ['ok', 'failed'].includes(found.result);
      return isOther ? judgeAttempt(found) : notLooked;
    }
    return error(told(found), { command: `curl -fsSI ${found.target}` });
  },
};
