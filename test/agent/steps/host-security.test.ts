import { describe, expect, it } from 'vitest';
import { steps } from '../../../agent/steps/index.ts';
import type { Preparation } from '../../../shared/plan/schema.ts';
import { type TestContext, testContext } from './context.ts';

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

  describe('with another range of NodePort Services', () => {
    const range = { from: 31_000, to: 31_999 };
    /** The same host with another range planned. */
    async function applied(context: TestContext, nodePorts = range) {
      context.assignment.settings.network.nodePorts = nodePorts;
      await firewall.apply(context);
      expect(await firewall.check(context)).toMatchObject({ state: 'done' });
      return context.host;
    }
    const portsIn = (zone: string) => zone.match(/<port .*/g);
    const opened = (ports: string) => ['tcp', 'udp'].map((one) => `<port protocol="${one}" port="${ports}"/>`);

    it.each(['master01', 'node01'] as const)('firewalld on %s opens that range only', async (self) => {
      const host = await applied(withFirewalld('open', self));
      const api = self === 'master01' ? ['<port protocol="tcp" port="6443"/>'] : [];
      expect(portsIn(host.content(`${zones}/public.xml`))).toEqual([...api, ...opened('31000-31999')]);
    });

    it('ufw opens that range only', async () => {
      const rules = (await applied(withUfw())).content('/etc/ufw/before.rules');
      expect(rules.match(/--dport .*/g)).toEqual(Array(2).fill('--dport 31000:31999 -j ACCEPT'));
    });

    it('a changed range is opened, and the one that muster opened before is closed', async () => {
      const [firewalld, ufw] = [withFirewalld(), withUfw()];
      for (const context of [firewalld, ufw]) await firewall.apply(context);
      expect(portsIn((await applied(firewalld)).content(`${zones}/public.xml`))).toEqual(opened('31000-31999'));
      expect((await applied(ufw)).content('/etc/ufw/before.rules')).not.toContain('30000');
      const single = await applied(firewalld, { from: 31_000, to: 31_000 });
      expect(portsIn(single.content(`${zones}/public.xml`))).toEqual(opened('31000'));
    });

    it('closes the API server’s port of a control plane that becomes a worker', async () => {
      const context = withFirewalld('open', 'master01');
      await firewall.apply(context);
      context.assignment.host.role = 'worker';
      expect((await applied(context)).content(`${zones}/public.xml`)).not.toContain('6443');
    });

    it('keeps what the site opened itself, also the same ports', async () => {
      const context = withFirewalld();
      const own = ['<port port="31000-31999" protocol="tcp"/>', '<port port="8080" protocol="tcp"/>'];
      const refusal = '<rule>\n    <port port="31000-31999" protocol="udp"/>\n    <drop/>\n  </rule>';
      const site = `<zone>\n  ${own.join('\n  ')}\n  ${refusal}\n</zone>\n`;
      context.host.files.set(`${zones}/public.xml`, { content: site, mode: 0o644 });
      expect((await applied(context)).content(`${zones}/public.xml`)).toContain(opened('31000-31999')[1]);
      const host = await applied(context, { from: 32_000, to: 32_100 });
      const [tcp, udp] = opened('32000-32100');
      expect(host.content(`${zones}/public.xml`)).toBe(site.replace('</zone>', `  ${tcp}\n  ${udp}\n</zone>`));
    });

    it('is not added again to a zone that firewall-cmd wrote again', async () => {
      const context = withFirewalld();
      await firewall.apply(context);
      const path = `${zones}/public.xml`;
      const other = context.host.content(path).replace(/(protocol="\w+") (port="[\d-]+")/g, '$2 $1');
      context.host.files.set(path, { content: other, mode: 0o644 });
      expect(await firewall.check(context)).toMatchObject({ state: 'done' });
      expect(portsIn((await applied(context)).content(path))).toEqual(opened('31000-31999'));
    });

    it('closes the range that an earlier release opened', async () => {
      const context = withFirewalld();
      const lines = opened('30000-32767').join('\n  ');
      const files = { public: `<zone>\n  ${lines}\n</zone>\n`, muster: '<zone target="ACCEPT">\n</zone>\n' };
      for (const [name, content] of Object.entries(files))
        context.host.files.set(`${zones}/${name}.xml`, { content, mode: 0o644 });
      expect(portsIn((await applied(context)).content(`${zones}/public.xml`))).toEqual(opened('31000-31999'));
    });

    it.each([1, 2, 3])('loses track of no port when it is interrupted after %i files', async (count) => {
      const context = withFirewalld();
      await firewall.apply(context);
      context.assignment.settings.network.nodePorts = range;
      let left = count;
      const { writeFile } = context.host;
      context.host.writeFile = async (...args) => {
        if (left-- === 0) throw new Error('power cut');
        await writeFile(...args);
      };
      await firewall.apply(context).catch(() => undefined);
      context.host.writeFile = writeFile;
      const host = await applied(context, { from: 32_000, to: 32_100 });
      expect(portsIn(host.content(`${zones}/public.xml`))).toEqual(opened('32000-32100'));
    });
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
