import { bindPort } from '../../kubeadm/ports.ts';
import { plannedControlPlanes } from '../../plan/api-proxy.ts';
import type { ClusterSettings, LoadBalancer, PlannedHost, Role } from '../../plan/schema.ts';

/** The distribution's keepalived, in a unit of its own beside the package's, which is left to the site. */
export const keepalived = {
  package: 'keepalived',
  packageUnit: 'keepalived',
  packageConfig: '/etc/keepalived/keepalived.conf',
  unit: 'muster-keepalived',
  config: '/etc/muster-keepalived/keepalived.conf',
  script: '/etc/muster-keepalived/check-api-server',
  unitFile: '/etc/systemd/system/muster-keepalived.service',
} as const;

type VirtualAddress = Extract<LoadBalancer, { kind: 'keepalived' }>;

/** The virtual address that a host may hold; null: none. */
export const virtualAddress = ({ loadBalancer }: Pick<ClusterSettings, 'loadBalancer'>, role: Role) =>
  role === 'control-plane' && loadBalancer.kind === 'keepalived' ? loadBalancer : null;

/**
 * keepalived's configuration on control plane `self`. The control planes send each other unicast advertisements; the
 * holder of the address keeps it until its API server fails. A failed check is a fault: a weight beside `nopreempt`
 * would leave the address with a control plane whose API server is down.
 */
export function keepalivedConfig(
  settings: ClusterSettings,
  self: Pick<PlannedHost, 'name' | 'address'>,
  { address, routerId, interface: planned }: VirtualAddress,
  interfaceOfHost: string,
): string {
  const controlPlanes = plannedControlPlanes(settings);
  const name = planned ?? interfaceOfHost;
  const peers = controlPlanes.filter((host) => host.name !== self.name);
  const rank = controlPlanes.findIndex((host) => host.name === self.name);
  return [
    '# Written by muster; changes are overwritten.',
    'global_defs {',
    `  router_id ${self.name}`,
    '  enable_script_security',
    '  script_user nobody',
    '  vrrp_garp_master_refresh 60',
    '}',
    // The others' API servers fail, too, while etcd elects a leader: that must not keep them from the address.
    'vrrp_script api_server {',
    `  script "${keepalived.script}"`,
    '  interval 1',
    '  timeout 3',
    '  fall 3',
    '  rise 1',
    '}',
    'vrrp_instance endpoint {',
    '  state BACKUP',
    '  nopreempt',
    `  interface ${name}`,
    `  virtual_router_id ${routerId}`,
    `  priority ${Math.max(1, 100 - rank)}`,
    '  advert_int 1',
    `  unicast_src_ip ${self.address}`,
    ...(peers.length === 0 ? [] : ['  unicast_peer {', ...peers.map((host) => `    ${host.address}`), '  }']),
    '  virtual_ipaddress {',
    `    ${address}/32 dev ${name}`,
    '  }',
    '  track_script {',
    '    api_server',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Succeeds while this host's own API server is ready, or answers without allowing anonymous requests. */
export function apiServerScript(settings: ClusterSettings, { address }: Pick<PlannedHost, 'address'>): string {
  const url = `https://${address}:${bindPort(settings)}/readyz`;
  return [
    '#!/bin/sh',
    '# Written by muster; changes are overwritten.',
    `status=$(curl --silent --insecure --noproxy '*' --max-time 2 --output /dev/null --write-out '%{http_code}' ${url})`,
    'case "$status" in 200 | 401 | 403) exit 0 ;; esac',
    'exit 1',
    '',
  ].join('\n');
}

export function keepalivedUnit(): string {
  const files = ['-p /run/muster-keepalived.pid', '-r /run/muster-keepalived-vrrp.pid'];
  return [
    '[Unit]',
    'Description=Virtual address of the Kubernetes API servers, managed by muster',
    'Documentation=man:keepalived(8)',
    'After=network-online.target',
    'Wants=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=/usr/sbin/keepalived --dont-fork --log-console --vrrp -f ${keepalived.config} ${files.join(' ')}`,
    'ExecReload=/bin/kill -HUP $MAINPID',
    // Late advertisements of a busy holder would make another control plane take the address as well.
    'Nice=-10',
    'CPUWeight=1000',
    'OOMScoreAdjust=-900',
    'KillMode=mixed',
    'Restart=always',
    'RestartSec=1',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}
