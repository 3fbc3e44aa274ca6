import { bindPort } from '../../kubeadm/ports.ts';
import { plannedControlPlanes } from '../../plan/api-proxy.ts';
import type { ClusterSettings, PlannedHost } from '../../plan/schema.ts';

/** The proxy between a host and the API servers: the distribution's haproxy, in a unit of its own. */
export const apiProxy = {
  package: 'haproxy',
  /** The package's own unit, which is left to the site. */
  packageUnit: 'haproxy',
  packageConfig: '/etc/haproxy/haproxy.cfg',
  unit: 'muster-api-proxy',
  address: '127.0.0.1',
  config: '/etc/muster-api-proxy/haproxy.cfg',
  unitFile: '/etc/systemd/system/muster-api-proxy.service',
} as const;

/** Where kubeadm keeps the API server's manifest. */
export const apiServerManifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';

/** Lets haproxy on 127.0.0.1 and the API server on all addresses listen on one port. */
export const portSharing = { name: 'permit-port-sharing', value: 'true' } as const;

const connections = 8000;

/**
 * haproxy's configuration on host `self`. A control plane prefers its own API server. An API server that fails two
 * health checks is marked down and its connections are closed, so that clients connect to another one. If all are
 * marked down, each is tried regardless, because checks also fail under load.
 */
export function apiProxyConfig(settings: ClusterSettings, self: Pick<PlannedHost, 'name' | 'role'>): string {
  const port = bindPort(settings);
  const servers = plannedControlPlanes(settings).map(({ name, address }) => ({
    line: `  server ${name} ${address}:${port}`,
    preferred: self.role === 'worker' || name === self.name,
  }));
  return [
    '# Written by muster; changes are overwritten.',
    'global',
    // The API server permits port sharing only with its own user: haproxy binds as root and drops its rights.
    '  user haproxy',
    '  group haproxy',
    `  maxconn ${connections}`,
    // Connections opened before a reload no longer follow health checks.
    '  hard-stop-after 5m',
    'defaults',
    '  mode tcp',
    '  timeout connect 1s',
    '  timeout check 3s',
    '  timeout client 24h',
    '  timeout server 24h',
    '  retries 3',
    '  option redispatch 1',
    '  option clitcpka',
    '  option srvtcpka',
    'frontend endpoint',
    `  bind ${apiProxy.address}:${settings.endpoint.port}`,
    '  use_backend any if { nbsrv(ready) eq 0 }',
    '  default_backend ready',
    'backend ready',
    '  balance random',
    '  option allbackups',
    '  option httpchk GET /readyz',
    // 401 and 403: anonymous requests are not allowed, but the API server answers.
    '  http-check expect rstatus ^(200|401|403)$',
    '  default-server check check-ssl verify none inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
    ...servers.map(({ line, preferred }) => `${line}${preferred ? '' : ' backup'}`),
    'backend any',
    '  balance random',
    ...servers.map(({ line }) => line),
    '',
  ].join('\n');
}

/** Independent of the agent, and started before the kubelet. */
export function apiProxyUnit(): string {
  const program = '/usr/sbin/haproxy';
  return [
    '[Unit]',
    'Description=Proxy to the Kubernetes API servers, managed by muster',
    'Documentation=man:haproxy(1)',
    'After=network.target',
    'Before=kubelet.service',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=notify',
    `ExecStart=${program} -Ws -f ${apiProxy.config}`,
    `ExecReload=${program} -c -q -f ${apiProxy.config}`,
    'ExecReload=/bin/kill -USR2 $MAINPID',
    // Late health checks would mark API servers down.
    'Nice=-10',
    'CPUWeight=1000',
    'OOMScoreAdjust=-900',
    'KillMode=mixed',
    'Restart=always',
    'RestartSec=1',
    'SuccessExitStatus=143',
    `LimitNOFILE=${connections * 2 + 500}`,
    'NoNewPrivileges=true',
    'ProtectHome=true',
    'ProtectSystem=full',
    'PrivateTmp=true',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}
