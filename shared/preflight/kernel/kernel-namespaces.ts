import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';
import { kernelCases, otherKernel } from './boot.ts';

const wanted = ['ipc', 'mnt', 'net', 'pid', 'uts'];

export const kernelNamespaces: Check = {
  id: 'kernel-namespaces',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Kernel supports container namespaces', zh: '内核支持容器所需的命名空间' },
  reason: {
    en: 'A container is a set of namespaces; if one is missing, no container starts.',
    zh: '容器由一组命名空间构成；缺少其中之一便无法启动容器。',
  },
  needed: verbatim(wanted.join(', ')),
  remedy: { en: 'Boot the distribution’s kernel', zh: '使用发行版内核启动' },
  command: '',
  cases: kernelCases,
  judge({ facts }) {
    const { machine } = facts;
    if (machine.namespaces === null) return notLooked;
    const missing = wanted.filter((name) => !machine.namespaces?.includes(name));
    if (missing.length === 0) return ok(verbatim(machine.namespaces.join(', ')));
    return error({ en: `missing: ${missing.join(', ')}`, zh: `缺少：${missing.join('、')}` }, otherKernel(facts));
  },
};
