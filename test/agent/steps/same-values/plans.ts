import { planOf } from '../../../shared/plan/plan-text.ts';

const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';
const source = { url: 'http://mirror/kubernetes', suite: '/', key: { file: 'key.asc' } };
const kubernetes = { version: '1.30.2', packages: source };
const network = { plugin: { manifest: 'plugin.yaml' } };
const beside = { 'key.asc': key, 'plugin.yaml': 'kind: DaemonSet\nimage: registry/plugin:v1\n' };

/** The sections of each plan. */
export const plans: Record<string, Record<string, unknown>> = {
  containerd: { runtime: { name: 'containerd', registryMirrors: { 'docker.io': ['http://mirror'] } } },
  docker: { runtime: 'docker', kubernetes: { ...kubernetes, version: '1.20.2' } },
  'docker and cri-dockerd': { runtime: { name: 'docker', criDockerd: { mirror: 'http://mirror/cri-dockerd' } } },
  'docker’s own packages': {
    runtime: {
      ...{ name: 'docker', version: '20.10' },
      packages: { url: 'http://mirror/docker', key: { file: 'key.asc' } },
    },
    kubernetes: { ...kubernetes, version: '1.20.2' },
  },
  proxy: { proxy: { http: 'http://proxy:3128' } },
  'firewall and SELinux off': { firewall: 'off', selinux: 'permissive' },
  'firewall open, SELinux enforcing': { firewall: 'open', selinux: 'contexts' },
  'several control planes': { loadBalancer: { keepalived: { address: '192.168.0.200' } } },
  'everything kept': { firewall: 'keep', selinux: 'keep', journalMaxUse: 'keep' },
};

/** A plan with the sections of one of `plans`. */
export function planWith(name: keyof typeof plans) {
  const plan = planOf({ kubernetes, network, ...plans[name] }, beside);
  if (name === 'several control planes')
    plan.settings.hosts.push({ name: 'master02', address: '192.0.2.2', role: 'control-plane' });
  return plan;
}
