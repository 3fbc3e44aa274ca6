import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { told } from './attempt.ts';

export const registryCertificate: Check = {
  id: 'registry-certificate',
  group: 'sources',
  level: 'error',
  title: { en: 'The registry’s certificate is trusted', zh: '镜像仓库证书受信任' },
  reason: {
    en: 'A registry of one’s own often has a private CA that only the browser of its admin knows; every pull fails with x509.',
    zh: '自建仓库常使用私有 CA，主机并不信任，每次拉取都会报 x509 错误。',
  },
  needed: { en: 'a certificate by a CA that this host trusts', zh: '由本机信任的 CA 签发的证书' },
  remedy: {
    en: 'Add the registry’s CA to this host, or to insecureRegistries in the plan',
    zh: '将该仓库的 CA 加入本机，或在计划中列入 insecureRegistries',
  },
  command: 'sudo cp CA.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    const found = reach.registry;
    if (found === null || found.result === 'unknown' || found.result === 'refused' || found.result === 'no-such-name')
      return notLooked;
    return found.result === 'untrusted' ? error(told(found)) : ok(verbatim(found.target));
  },
};
