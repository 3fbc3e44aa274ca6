import { removedKubeletFlags } from '../../kubeadm/removed-flags.ts';
import { criSocket } from '../../kubeadm/runtime.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

const withoutScheme = (socket: string) => socket.replace(/^unix:\/\//, '').replace(/^\/var\/run\//, '/run/');

/** The value that a flag must have; undefined: any. */
function neededValue(name: string, { host, settings }: Assignment): string | undefined {
  return {
    'cgroup-driver': 'systemd',
    'hostname-override': host.name,
    'node-ip': host.address,
    'network-plugin': 'cni',
    'container-runtime-endpoint': criSocket(settings),
  }[name];
}

export const kubeletFlags: Check = {
  id: 'kubelet-flags',
  group: 'leftovers',
  level: 'error',
  guards: becomesNode,
  title: { en: 'The site’s kubelet flags agree with the plan', zh: '站点的 kubelet 参数与计划一致' },
  reason: {
    en: 'Flags take precedence over the configuration that kubeadm writes: the kubelet would not start, or register as another node.',
    zh: '参数优先于 kubeadm 写入的配置：kubelet 将无法启动，或以其他节点的名称运行。',
  },
  needed: {
    en: 'no flag that this version lacks, and none with another value than the plan’s',
    zh: '没有该版本已移除的参数，也没有与计划不同的值',
  },
  remedy: { en: 'Remove the flag {name} from {path}', zh: '从 {path} 中删除参数 {name}' },
  // \x27: a single quote.
  command: 'sudo sed -i -E \'s/--{pattern}(=[^ "\\x27]*| [^ "\\x27-][^ "\\x27]*)?([ "\\x27]|$)/\\2/g\' {path}',
  judge({ facts: { software }, assignment }) {
    if (assignment === null) return null;
    if (software.kubeletFlags === null) return notLooked;
    const minor = minorVersion(assignment.settings.kubernetes.version);
    const wrong = software.kubeletFlags.filter(({ name, value }) => {
      const needed = neededValue(name, assignment);
      const isRemoved = minor >= (removedKubeletFlags.get(name) ?? Number.POSITIVE_INFINITY);
      return isRemoved || (needed !== undefined && withoutScheme(value) !== withoutScheme(needed));
    });
    const texts = wrong.map(({ name, value, path }) => `${path}: --${name}${value === '' ? '' : `=${value}`}`);
    const [first] = wrong;
    if (first === undefined) {
      const count = software.kubeletFlags.length;
      return ok({ en: `${count} flags of the site`, zh: `站点的参数：${count} 个` });
    }
    return error(verbatim(texts.join(', ')), {
      values: { name: first.name, pattern: first.name.replaceAll('-', '.'), path: first.path },
    });
  },
};
