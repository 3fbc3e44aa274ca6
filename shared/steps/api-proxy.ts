import { criSocket } from '../kubeadm/runtime.ts';
import { usesApiProxy } from '../plan/api-proxy.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { Change } from './change.ts';
import { apiProxy, apiProxyConfig, apiProxyUnit, apiServerManifest, portSharing } from './content/api-proxy.ts';
import { defineStep } from './definition.ts';
import { hostsChange } from './hosts-file.ts';

export const apiProxyStep = defineStep({
  id: 'api-proxy',
  title: { en: 'Start the proxy to the API servers', zh: '启动 API 服务器代理' },
  activity: { en: 'starting the proxy to the API servers', zh: '启动 API 服务器代理' },
  bootstrap: 'all',
  part: 'runtime',
  needs: ['packages'],
  installs: true,
  changes: (assignment) => (usesApiProxy(assignment.settings) ? proxied(assignment) : direct(assignment)),
});

function proxied(assignment: Assignment): Change[] {
  const { host, settings } = assignment;
  const { unit, config, unitFile } = apiProxy;
  const sharing: Change = {
    ...{ kind: 'file', path: apiServerManifest },
    edit: { type: 'pod-arguments', program: 'kube-apiserver', arguments: { [portSharing.name]: portSharing.value } },
  };
  return [
    ...(host.role === 'control-plane' ? [sharing] : []),
    {
      ...{ kind: 'idle-unit', name: apiProxy.packageUnit, package: apiProxy.package },
      ...{ config: apiProxy.packageConfig, inUse: '^\\s*(frontend|listen)\\s' },
    },
    { kind: 'restart-later', unit },
    { kind: 'file', path: config, content: apiProxyConfig(settings, host) },
    { kind: 'file', path: unitFile, content: apiProxyUnit() },
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
    { kind: 'unit', name: unit, start: 'always', restart: 'reload' },
    hostsChange(assignment, 'api-proxy'),
    { kind: 'endpoint-users', endpoint: settings.endpoint.host, criSocket: criSocket(settings), when: 'node' },
  ];
}

/** /etc/hosts names an API server before the proxy stops. */
function direct({ settings }: Assignment): Change[] {
  const { unit, config, unitFile } = apiProxy;
  return [
    { kind: 'endpoint-users', endpoint: settings.endpoint.host, criSocket: criSocket(settings), when: 'api-proxy' },
    { kind: 'unit-gone', name: unit, when: 'api-proxy' },
    { kind: 'file', path: unitFile, content: null },
    { kind: 'file', path: config, content: null },
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
  ];
}
