import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { told } from './attempt.ts';

export const registryPlainHttp: Check = {
  id: 'registry-plain-http',
  group: 'sources',
  level: 'error',
  title: { en: 'The registry speaks the planned protocol', zh: '镜像仓库协议与计划一致' },
  reason: {
    en: 'Runtimes ask over HTTPS unless told otherwise; a registry without TLS answers with something they can’t read.',
    zh: '除非另行指定，运行时使用 HTTPS；未启用 TLS 的仓库会返回其无法解析的内容。',
  },
  needed: {
    en: 'HTTPS, or the registry in runtime.insecureRegistries',
    zh: 'HTTPS，或将该仓库列入 runtime.insecureRegistries',
  },
  remedy: {
    en: 'Add it to runtime.insecureRegistries in the plan',
    zh: '在计划的 runtime.insecureRegistries 中加入该仓库',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    const found = reach.registry;
    if (found === null || found.result === 'unknown' || found.result === 'refused' || found.result === 'no-such-name')
      return notLooked;
    return found.result === 'plain-http' ? error(told(found)) : ok(verbatim(found.target));
  },
};
