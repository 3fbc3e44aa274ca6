import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** muster fetches the key again in this time before its end. */
const soonDays = 30;

export const keyExpiry: Check = {
  id: 'key-expiry',
  group: 'sources',
  level: 'error',
  guards: ['packages'],
  title: { en: 'Package signing keys are valid', zh: '软件包签名密钥在有效期内' },
  reason: {
    en: 'apt refuses a repository whose key has expired (EXPKEYSIG). Copies of a key at mirrors and old minor versions are often not renewed.',
    zh: '密钥过期后 apt 会拒绝该仓库（EXPKEYSIG）。镜像源与旧次要版本处的密钥副本常常没有更新。',
  },
  needed: { en: 'a key that is valid for more than 30 days', zh: '有效期超过 30 天的密钥' },
  remedy: {
    en: 'Set packages.key in the plan to the place of the renewed key, for Kubernetes the Release.key of the newest minor version',
    zh: '在计划中将 packages.key 设为更新后的密钥地址；对于 Kubernetes，使用最新次要版本的 Release.key',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null) return null;
    if (reach.signed === null || Object.keys(reach.signed).length === 0) return notLooked;
    const [first] = Object.entries(reach.signed)
      .flatMap(([purpose, { expires }]) => (expires === null ? [] : [{ purpose, ...expires }]))
      .toSorted((a, b) => a.inDays - b.inDays);
    if (first === undefined)
      return ok({ en: 'no signature depends on a key that ends', zh: '没有签名依赖会过期的密钥' });
    const { purpose, day, inDays } = first;
    if (inDays < 0)
      return error({ en: `${purpose}.packages: expired on ${day}`, zh: `${purpose}.packages：已于 ${day} 过期` });
    const seen = { en: `${purpose}.packages: valid until ${day}`, zh: `${purpose}.packages：有效期至 ${day}` };
    return inDays > soonDays ? ok(seen) : warning(seen);
  },
};
