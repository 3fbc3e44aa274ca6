import { type Check, notLooked, ok, warning } from '../check.ts';

export const networkManager: Check = {
  id: 'network-manager',
  group: 'network',
  level: 'warning',
  title: { en: 'NetworkManager does not manage pod interfaces', zh: 'NetworkManager 不管理 Pod 的网络接口' },
  reason: {
    en: 'NetworkManager takes over the network plugin’s interfaces and pods lose their routes.',
    zh: 'NetworkManager 会接管网络插件的接口，导致 Pod 丢失路由。',
  },
  needed: {
    en: 'unmanaged-devices for cali*, flannel*, cni* and veth*',
    zh: '对 cali*、flannel*、cni*、veth* 设置 unmanaged-devices',
  },
  remedy: { en: 'Exclude the plugin’s interfaces from NetworkManager', zh: '让 NetworkManager 不管理网络插件的接口' },
  command:
    "printf '[keyfile]\\nunmanaged-devices=interface-name:cali*;interface-name:tunl*;interface-name:flannel*;interface-name:cni*;interface-name:veth*\\n' | sudo tee /etc/NetworkManager/conf.d/kubernetes.conf && sudo systemctl reload NetworkManager",
  step: 'network-manager',
  judge({ facts: { machine, network } }) {
    if (machine.units === null || network.unmanagedInterfaces === null) return notLooked;
    if (machine.units.NetworkManager?.active !== true)
      return ok({ en: 'NetworkManager is not running', zh: 'NetworkManager 未运行' });
    return network.unmanagedInterfaces
      ? ok({ en: 'unmanaged-devices is set', zh: '已设置 unmanaged-devices' })
      : warning({ en: 'unmanaged-devices is not set', zh: '未设置 unmanaged-devices' });
  },
};
