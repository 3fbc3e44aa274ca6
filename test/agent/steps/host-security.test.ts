import { describe, expect, it } from 'vitest';
import { steps } from '../../../agent/steps/index.ts';
import type { Preparation } from '../../../shared/plan/schema.ts';
import { testContext } from './context.ts';

const firewall = steps.firewall;
const selinux = steps.selinux;

describe('firewall', () => {
  const zones = '/etc/firewalld/zones';
  const shipped = '<?xml version="1.0"?>\n<zone>\n  <short>Public</short>\n  <service name="ssh"/>\n</zone>\n';
  const before = '*nat\nCOMMIT\n\n*filter\n:ufw-before-input - [0:0]\n-A ufw-before-input -i lo -j ACCEPT\n\nCOMMIT\n';

  const withFirewalld = (wanted: Preparation['firewall'] = 'open', self: 'master01' | 'node01' = 'node01') =>
    testContext('firewall', {
      self,
      files: {
        '/etc/firewalld/firewalld.conf': 'DefaultZone=public\n',
        '/usr/lib/firewalld/zones/public.xml': shipped,
      },
      links: { '/etc/systemd/system/multi-user.target.wants/firewalld.service': 'x' },
      programs: { 'firewall-cmd': () => '' },
      change({ preparation }) {
        preparation.firewall = wanted;
      },
    });
  const withUfw = (wanted: Preparation['firewall'] = 'open') =>
    testContext('firewall', {
      files: { '/etc/ufw/ufw.conf': 'ENABLED=yes\nLOGLEVEL=low\n', '/etc/ufw/before.rules': before },
      programs: { ufw: () => '' },
      change({ preparation }) {
        preparation.firewall = wanted;
      },
    });

  it('firewalld accepts the cluster’s hosts and pods, and anyone on a control plane’s API port', async () => {
    const context = withFirewalld('open', 'master01');
    expect(await firewall.check(context)).toMatchObject({ state: 'todo' });
    await firewall.apply(context);
    expect(await firewall.check(context)).toMatchObject({ state: 'done' });
    const own = context.host.content(`${zones}/muster.xml`);
    for (const source of ['192.168.0.130', '192.168.0.131', '10.244.0.0/16', '10.96.0.0/12'])
      expect(own).toContain(`<source address="${source}"/>`);
    const open = context.host.content(`${zones}/public.xml`);
    expect(open).toContain('<service name="ssh"/>');
    expect(open).toContain('<port protocol="tcp" port="6443"/>');
    expect(open).toContain('<port protocol="udp" port="30000-32767"/>');
    expect(context.host.lines()).toEqual(['firewall-cmd --reload']);
  });

  it('a worker does not open the API server port', async () => {
    const context = withFirewalld();
    await firewall.apply(context);
    expect(context.host.content(`${zones}/public.xml`)).not.toContain('6443');
  });

  it('ufw gets one block at the end of its filter table, and keeps the rest', async () => {
    const context = withUfw();
    await firewall.apply(context);
    expect(await firewall.check(context)).toMatchObject({ state: 'done' });
    const rules = context.host.content('/etc/ufw/before.rules');
    expect(rules.startsWith('*nat\nCOMMIT\n\n*filter\n:ufw-before-input - [0:0]\n-A ufw-before-input -i lo')).toBe(
      true,
    );
    expect(rules.endsWith('-A ufw-before-forward -d 10.244.0.0/16 -j ACCEPT\n# muster: end\nCOMMIT\n')).toBe(true);
    expect(rules).toContain('-A ufw-before-input -p tcp --dport 30000:32767 -j ACCEPT');
    expect(context.host.lines()).toEqual(['ufw reload']);
  });

  it('is disabled where the plan says so, and its previous state is recorded', async () => {
    const firewalld = withFirewalld('off');
    firewalld.host.programs.systemctl = () => {
      firewalld.host.links.clear();
      return '';
    };
    await firewall.apply(firewalld);
    expect(firewalld.host.remembered).toEqual(['unit firewalld.service']);
    expect(await firewall.check(firewalld)).toEqual({ state: 'done' });
    const ufw = withUfw('off');
    expect(await firewall.check(ufw)).toMatchObject({ message: { en: expect.stringContaining('ufw: active') } });
    await firewall.apply(ufw);
    expect(ufw.host.content('/etc/ufw/ufw.conf')).toBe('ENABLED=no\nLOGLEVEL=low\n');
    expect(await firewall.check(ufw)).toEqual({ state: 'done' });
  });

  it('is left unchanged where the plan says so or none is installed', async () => {
    expect(await firewall.check(withUfw('keep'))).toEqual({ state: 'done' });
    expect(await firewall.check(testContext('firewall'))).toEqual({ state: 'done' });
  });
});

describe('selinux', () => {
  const enforce = '/sys/fs/selinux/enforce';
  const withSelinux = (wanted: Preparation['selinux']) =>
    testContext('selinux', {
      files: { [enforce]: '1', '/etc/selinux/config': '# x\nSELINUX=enforcing\n', '/opt/cni/bin/bridge': '' },
      change({ preparation }) {
        preparation.selinux = wanted;
      },
    });

  it('is made permissive, now and at the next boot', async () => {
    const context = withSelinux('permissive');
    const { host } = context;
    host.programs.setenforce = () => void host.files.set(enforce, { content: '0', mode: 0o644 });
    expect(await selinux.check(context)).toMatchObject({ message: { en: expect.stringContaining('enforcing') } });
    await selinux.apply(context);
    expect(await selinux.check(context)).toEqual({ state: 'done' });
    expect(host.content('/etc/selinux/config')).toBe('# x\nSELINUX=permissive\n');
    expect(host.remembered).toEqual(['selinux enforce']);
  });

  it('stays enforcing with the labels that containers need', async () => {
    const context = withSelinux('contexts');
    context.host.programs.restorecon = () => '';
    expect(await selinux.check(context)).toMatchObject({ state: 'todo' });
    await selinux.apply(context);
    expect(await selinux.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines()).toEqual(['restorecon -R /opt/cni/bin']);
    expect(context.host.content('/etc/selinux/targeted/contexts/files/file_contexts.local')).toContain(
      '/var/lib/etcd(/.*)?    system_u:object_r:container_file_t:s0',
    );
  });

  it('names the package of the missing labelling program', async () => {
    await expect(selinux.apply(withSelinux('contexts'))).rejects.toMatchObject({
      remedy: { en: expect.stringContaining('policycoreutils') },
    });
  });

  it('is left unchanged where the plan says so or SELinux is absent', async () => {
    expect(await selinux.check(withSelinux('keep'))).toEqual({ state: 'done' });
    expect(await selinux.check(testContext('selinux'))).toEqual({ state: 'done' });
  });
});
