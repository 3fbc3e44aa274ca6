import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

const wanted = ['ipc', 'mnt', 'net', 'pid', 'uts'];

export const kernelNamespaces: Check = {
  id: 'kernel-namespaces',
  group: 'kernel',
  level: 'error',
  title: { en: 'Kernel has the namespaces of containers', zh: '内核具备容器所需的命名空间' },
  reason: {
    en: 'A container is a set of namespaces; without one of them none can be started.',
    zh: '容器由一组命名空间构成，缺少其一便无法启动。',
  },
  needed: verbatim(wanted.join(', ')),
  remedy: { en: 'Boot the distribution’s own kernel', zh: '改用发行版自带内核启动' },
  command: 'sudo apt-get install linux-image-amd64 && sudo reboot',
  judge({ facts: { machine } }) {
    if (machine.namespaces === null) return notLooked;
    const missing = wanted.filter((name) => !machine.namespaces?.includes(name));
    if (missing.length === 0) return ok({ en: 'all of them', zh: '齐全' });
    return error({ en: `without ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` });
  },
};
