import { type Check, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const signingKey: Check = {
  id: 'signing-key',
  group: 'sources',
  level: 'warning',
  title: { en: 'The signing key can be fetched', zh: '签名密钥可以下载' },
  reason: { en: 'apt takes no package that this key has not signed.', zh: '未经该密钥签名的软件包 apt 一概不接受。' },
  needed: { en: 'the key at the URL in the plan', zh: '计划所填 URL 处有密钥' },
  remedy: {
    en: 'Put the key beside the plan and name it: packages.key: {file: PATH}',
    zh: '将密钥放在计划文件旁并写明：packages.key: {file: 路径}',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null) return null;
    if ('armoured' in assignment.settings.kubernetes.packages.key)
      return ok({ en: 'it is in the plan', zh: '密钥在计划中' });
    return judgeAttempt(reach.signingKey);
  },
};
