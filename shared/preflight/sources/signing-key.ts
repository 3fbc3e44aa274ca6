import { type Check, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const signingKey: Check = {
  id: 'signing-key',
  group: 'sources',
  level: 'warning',
  title: { en: 'Package signing key is available', zh: '软件包签名密钥可用' },
  reason: { en: 'apt accepts only packages signed with this key.', zh: 'apt 只接受由该密钥签名的软件包。' },
  needed: { en: 'the key at the planned URL', zh: '计划的 URL 处有密钥' },
  remedy: {
    en: 'Put the key next to the plan: packages.key: {file: PATH}',
    zh: '将密钥放在计划文件旁：packages.key: {file: 路径}',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null) return null;
    if ('armoured' in assignment.settings.kubernetes.packages.key)
      return ok({ en: 'contained in the plan', zh: '已包含在计划中' });
    return judgeAttempt(reach.signingKey);
  },
};
