import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const made = /^(cni\d|flannel\.|cali|tunl0|vxlan\.calico|kube-ipvs0|kube-bridge|weave|cilium_|nodelocaldns)/;

export const staleInterfaces: Check = {
  id: 'stale-interfaces',
  group: 'leftovers',
  level: 'warning',
  title: { en: 'No network interfaces of another cluster', zh: '没有其他集群的网络接口' },
  reason: {
    en: 'The plugin finds its bridge with an old address and fails: "cni0" already has an IP address different from …',
    zh: '插件发现网桥带有旧地址而失败：“cni0” already has an IP address different from …',
  },
  needed: {
    en: 'no interface of a network plugin before the host becomes a node',
    zh: '成为节点之前没有网络插件的接口',
  },
  remedy: { en: 'Delete the interfaces, or reboot', zh: '删除这些接口，或重启' },
  command: 'for name in {interfaces}; do sudo ip link delete "$name"; done',
  judge({ facts: { network }, owns }) {
    if (owns) return null;
    if (network.interfaces === null) return notLooked;
    const found = network.interfaces.map(({ name }) => name).filter((name) => made.test(name));
    if (found.length === 0) return ok({ en: 'no interface of a network plugin', zh: '没有网络插件的接口' });
    return warning(verbatim(found.join(', ')), { values: { interfaces: found.slice(0, 8) } });
  },
};
