import type { LocalText } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

const weaknesses: Record<'v3' | 'sha1' | 'sha1-key', LocalText> = {
  v3: { en: 'signature of version 3', zh: '第 3 版签名' },
  sha1: { en: 'signature with SHA-1', zh: '使用 SHA-1 的签名' },
  'sha1-key': { en: 'key certified with SHA-1', zh: '使用 SHA-1 自签名的密钥' },
};

export const sourceSignature: Check = {
  id: 'source-signature',
  group: 'sources',
  level: 'error',
  guards: ['packages'],
  title: { en: 'Package sources are signed as this host requires', zh: '软件源的签名符合该主机的要求' },
  reason: {
    en: 'From Debian 13 on, apt verifies with sqv, which since 2026-02-01 refuses signatures of version 3 and with SHA-1, as Kubernetes 1.32 and older and some mirrors have.',
    zh: '自 Debian 13 起，apt 使用 sqv 验证签名；自 2026-02-01 起 sqv 拒绝第 3 版签名和 SHA-1 签名，Kubernetes 1.32 及更低版本和部分镜像源仍在使用这类签名。',
  },
  needed: { en: 'a signature of version 4 with SHA-256 or better', zh: '使用 SHA-256 或更强算法的第 4 版签名' },
  remedy: {
    en: 'Plan a Kubernetes version whose repository was signed again, a mirror that signs it with a new key, or hosts with Debian 12 or Ubuntu 24.04; or accept the old signatures for apt with this command',
    zh: '在计划中使用仓库已重新签名的 Kubernetes 版本、会重新签名的镜像源，或使用 Debian 12 或 Ubuntu 24.04 的主机；也可用该命令让 apt 接受旧签名',
  },
  command:
    'sudo mkdir -p /etc/crypto-policies/back-ends && sed s/2026-02-01/2028-02-01/ /usr/share/apt/default-sequoia.config | sudo tee /etc/crypto-policies/back-ends/apt-sequoia.config',
  cases: {
    always: {
      remedy: {
        en: 'Plan a source that is signed with SHA-256; every apt refuses this one',
        zh: '在计划中使用以 SHA-256 签名的软件源；任何 apt 都会拒绝当前软件源',
      },
      command: '',
    },
    unknown: {
      needed: { en: 'a signature by the planned key', zh: '由计划中的密钥签名' },
      remedy: {
        en: 'Set packages.key in the plan to the key of this repository',
        zh: '在计划中将 packages.key 设为该仓库的密钥',
      },
      command: '',
    },
  },
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    if (reach.signed === null) return notLooked;
    const all = Object.entries(reach.signed);
    if (all.length === 0) return notLooked;
    for (const [purpose, { refusal }] of all) {
      if (refusal === null) continue;
      const { en, zh } = weaknesses[refusal.weakness];
      if (refusal.since === '')
        return error({ en: `${purpose}.packages: ${en}`, zh: `${purpose}.packages：${zh}` }, { case: 'always' });
      return error({
        en: `${purpose}.packages: ${en}, refused since ${refusal.since}`,
        zh: `${purpose}.packages：${zh}，自 ${refusal.since} 起被拒绝`,
      });
    }
    const other = all.find(([, { isKnown }]) => !isKnown);
    if (other !== undefined)
      return warning(
        { en: `${other[0]}.packages: signed by another key`, zh: `${other[0]}.packages：由其他密钥签名` },
        { case: 'unknown' },
      );
    return ok({ en: 'signatures are accepted', zh: '签名可接受' });
  },
};
