import { endpointNames, usesApiProxy } from '../plan/api-proxy.ts';
import { portSharing } from './content/api-proxy.ts';
import { defineStep } from './definition.ts';

export const endpoint = defineStep({
  id: 'endpoint',
  title: { en: 'Keep the endpoint’s settings of the API servers', zh: '保持 API 服务器的端点设置' },
  activity: { en: 'setting the API servers’ endpoint', zh: '设置 API 服务器的端点' },
  bootstrap: 'control-plane',
  part: 'ready',
  needs: ['kubeadm-init', 'kubeadm-join'],
  changes({ settings }) {
    const isShared = usesApiProxy(settings);
    if (!isShared && settings.loadBalancer.kind === 'none') return [];
    const names = endpointNames(settings);
    return [
      { kind: 'cluster-configuration', names, arguments: isShared ? [`${portSharing.name}=${portSharing.value}`] : [] },
      { kind: 'serving-certificate', names },
    ];
  },
});
