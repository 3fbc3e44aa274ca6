import type { Check } from '../check.ts';
import { judgeRegistry } from './attempt.ts';

export const registryCertificate: Check = {
  id: 'registry-certificate',
  group: 'sources',
  level: 'error',
  guards: ['images'],
  title: { en: 'Registry certificate is trusted', zh: '镜像仓库证书受信任' },
  reason: {
    en: 'Private registries often use a private CA that the host does not trust; every pull fails with an x509 error.',
    zh: '私有仓库常使用主机不信任的私有 CA；每次拉取都会报 x509 错误。',
  },
  needed: { en: 'a certificate from a CA that this host trusts', zh: '由该主机信任的 CA 签发的证书' },
  remedy: {
    en: 'Copy the registry’s CA to /usr/local/share/ca-certificates and run sudo update-ca-certificates, or add the registry to runtime.insecureRegistries in the plan',
    zh: '将仓库的 CA 复制到 /usr/local/share/ca-certificates 并运行 sudo update-ca-certificates，或在计划的 runtime.insecureRegistries 中加入该仓库',
  },
  command: '',
  judge: ({ facts: { reach } }) =>
    judgeRegistry(reach, 'untrusted', { en: 'trusted or plain HTTP', zh: '受信任或使用 HTTP' }),
};
