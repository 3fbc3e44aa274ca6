import { type Check, notLooked, ok, warning } from '../check.ts';

export const networkManager: Check = {
  id: 'network-manager',
  group: 'network',
  level: 'warning',
  title: { en: 'NetworkManager leaves pod interfaces alone', zh: 'NetworkManager 不接管 Pod 网卡' },
  reason: {
    en: 'It takes over the interfaces that the network plugin makes, and pods lose their routes.',
    zh: '它会接管网络插件创建的网卡，导致 Pod 丢失路由。',
  },
  needed: {
    en: 'unmanaged-devices for cali*, flannel*, cni* and veth*',
    zh: '对 cali*、flannel*、cni*、veth* 设置 unmanaged-devices',
  },
  remedy: { en: 'Tell it which interfaces are not its own', zh: '告知其不应管理的网卡' },
  command:
    "printf '[keyfile]\\nunmanaged-devices=interface-name:cali*;interface-name:tunl*;interface-name:flannel*;interface-name:cni*;interface-name:veth*\\n' | sudo tee /etc/NetworkManager/conf.d/kubernetes.conf && sudo systemctl reload NetworkManager",
  step: 'network-manager',
  judge({ facts: { machine, network } }) {
    if (machine.units === null || network.unmanagedInterfaces === null) return notLooked;
    if (machine.units.NetworkManager?.active !== true) return ok({ en: 'it does not run', zh: '未运行' });
    return network.unmanagedInterfaces
      ? ok({ en: 'it is told to', zh: '已设置' })
      : warning({ en: 'it manages every interface', zh: '管理所有网卡' });
  },
};
