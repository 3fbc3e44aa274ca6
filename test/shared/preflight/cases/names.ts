import { type Case, having, planned, reaching, withComponent, worker } from '../known.ts';

const tried = (result: 'ok' | 'refused' | 'no-such-name' | 'unknown') => ({ result, target: 'api', detail: '', ms: 1 });
const asked = (...results: ('ok' | 'refused' | 'failed' | 'unknown')[]) =>
  reaching({
    nameservers: results.map((result, index) => ({ result, target: `192.0.2.${index + 1}`, detail: '', ms: 1 })),
    upstreams: [{ name: 'mirror.example.com', addresses: results.includes('ok') ? ['192.0.2.10'] : [] }],
  });
const resolved = ({ reach }: ReturnType<typeof asked>) =>
  reaching({ ...reach, upstreams: [{ name: 'mirror.example.com', addresses: ['192.0.2.10'] }] });
const resolvConf = withComponent('kubeletConfiguration', { resolvConf: '/etc/resolv.real' });
const unmanaged = planned({ settings: { endpoint: { host: 'api.example.com', port: 6443, managed: false } } });
const proxy = (noProxy: string) => having('network', { proxies: [{ path: '/etc/environment', noProxy }] });
const all = 'localhost,192.168.0.0/24,10.244.0.0/16,10.96.0.0/12,.svc,.cluster.local';
const dropIn = (name: string, noProxy = '') => ({ path: `/etc/systemd/system/docker.service.d/${name}`, noProxy });
const dropIns = (...proxies: ReturnType<typeof dropIn>[]) => having('network', { proxies });
const proxyPlanned = planned({
  settings: {
    preparation: { ...worker.settings.preparation, proxy: { http: 'http://proxy:3128', https: null, noProxy: [] } },
  },
});

export const nameCases: Case[] = [
  ['host-name', 'other than planned', { hostname: 'debian' }, 'warning', { mends: true }],
  ['host-name', 'localhost', { hostname: 'localhost' }, 'warning', { mends: true, assignment: null }],
  ['host-name', 'not an RFC 1123 label', { hostname: 'My_Host' }, 'warning', { mends: true, assignment: null }],
  ['host-name-resolves', 'does not resolve', { hostnameAddresses: [] }, 'warning', { mends: true }],
  [
    'host-name-loopback',
    'the entry of Debian’s installer',
    { hostnameAddresses: ['127.0.1.1'] },
    'warning',
    { mends: true },
  ],
  ['localhost', 'missing', having('network', { localhostInHostsFile: false }), 'warning', { mends: true }],
  ['localhost', 'unknown', having('network', { localhostInHostsFile: null }), 'unknown', { mends: true }],
  ['machine-id', 'missing', { machineId: null }, 'error'],
  ['machine-id', 'an image prepared for cloning', { machineId: 'uninitialized' }, 'error'],
  [
    'cloud-init-hosts',
    'cloud-init writes the file',
    having('machine', { cloudInit: { running: false, writesHostsFile: true } }),
    'warning',
  ],
  ['cloud-init-hosts', 'unknown', having('machine', { cloudInit: null }), 'unknown'],
  ['nameserver', 'missing', having('network', { nameservers: [] }), 'warning'],
  ['nameserver', 'unknown', having('network', { nameservers: null }), 'unknown'],
  ['nameserver-loopback', 'dnsmasq', having('network', { nameservers: ['127.0.0.1'] }), 'warning'],
  [
    'nameserver-loopback',
    'systemd-resolved',
    having('network', { nameservers: ['127.0.0.53'], upstreamFile: '/run/systemd/resolve/resolv.conf' }),
    'ok',
  ],
  [
    'nameserver-loopback',
    'systemd-resolved, reported by an earlier agent',
    having('network', { nameservers: ['127.0.0.53'], resolvedFile: true, upstreamFile: null }),
    'ok',
  ],
  [
    'resolv-conf',
    'not on this host: case 10',
    having('network', { plannedResolvConf: false }),
    'error',
    { assignment: resolvConf },
  ],
  ['resolv-conf', 'on this host', having('network', { plannedResolvConf: true }), 'ok', { assignment: resolvConf }],
  ['resolv-conf', 'unknown', {}, 'unknown', { assignment: resolvConf }],
  ['search-domains', 'three', having('network', { searchDomains: ['a.example', 'b.example', 'c.example'] }), 'ok'],
  ['search-domains', 'four', having('network', { searchDomains: ['a', 'b', 'c', 'd'] }), 'warning'],
  [
    'search-domains',
    'four, which 1.28 allows',
    having('network', { searchDomains: ['a', 'b', 'c', 'd'] }),
    'ok',
    { assignment: planned({ version: '1.28.0' }) },
  ],
  ['search-domains', 'long ones', having('network', { searchDomains: ['a'.repeat(240)] }), 'warning'],
  ['search-domains', 'unknown', having('network', { searchDomains: null }), 'unknown'],
  ['nameserver-answers', 'all', {}, 'ok'],
  ['nameserver-answers', 'one of two', asked('ok', 'unknown'), 'warning', { seen: '192.0.2.2' }],
  [
    'nameserver-answers',
    'none, and a name of the plan does not resolve',
    asked('unknown'),
    'error',
    { seen: 'mirror' },
  ],
  ['nameserver-answers', 'refused', asked('refused', 'failed'), 'error'],
  ['nameserver-answers', 'none, and all names are in /etc/hosts', resolved(asked('unknown')), 'warning'],
  [
    'nameserver-loopback',
    'the plan names another file',
    having('network', { nameservers: ['127.0.0.1'] }),
    'ok',
    { assignment: resolvConf },
  ],
  ['nameserver-loopback', 'unknown', having('network', { nameservers: null }), 'unknown'],
  ['nameserver-count', 'four', having('network', { nameservers: ['1', '2', '3', '4'] }), 'warning'],
  ['nameserver-count', 'unknown', having('network', { nameservers: null }), 'unknown'],
  ['no-proxy', 'no exceptions', proxy(''), 'warning', { seen: '10.244.0.0/16' }],
  ['no-proxy', 'all required exceptions', proxy(all), 'ok'],
  [
    'no-proxy',
    'a drop-in lacks what the planned proxy’s adds',
    dropIns(dropIn('10-site.conf')),
    'warning',
    { assignment: proxyPlanned, mends: true },
  ],
  [
    'no-proxy',
    'muster’s own drop-in overrides another',
    dropIns(dropIn('10-site.conf'), dropIn('50-muster-proxy.conf', all)),
    'ok',
    { assignment: proxyPlanned },
  ],
  [
    'no-proxy',
    'muster’s own drop-in lacks a new host',
    dropIns(dropIn('50-muster-proxy.conf')),
    'warning',
    { assignment: proxyPlanned, mends: true },
  ],
  [
    'no-proxy',
    'a drop-in overrides muster’s own',
    dropIns(dropIn('50-muster-proxy.conf', all), dropIn('90-site.conf')),
    'warning',
    { assignment: proxyPlanned, seen: '90-site.conf' },
  ],
  [
    'no-proxy',
    'the end of a very long list is not reported',
    dropIns(dropIn('50-muster-proxy.conf', '192.168.0.1,…')),
    'ok',
    { assignment: proxyPlanned },
  ],
  ['no-proxy', 'a drop-in lacks it, and no proxy is planned', dropIns(dropIn('10-site.conf')), 'warning'],
  ['no-proxy', 'unknown', having('network', { proxies: null }), 'unknown', { mends: true }],
  [
    'endpoint-name',
    'does not resolve',
    reaching({ endpointName: tried('no-such-name') }),
    'error',
    { assignment: unmanaged },
  ],
  ['endpoint-name', 'resolves', reaching({ endpointName: tried('ok') }), 'ok', { assignment: unmanaged }],
  ['endpoint-name', 'no answer', reaching({ endpointName: tried('unknown') }), 'unknown', { assignment: unmanaged }],
];
