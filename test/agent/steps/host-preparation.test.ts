import { describe, expect, it } from 'vitest';
import { withoutSwap } from '../../../agent/machine/fstab.ts';
import { hostsContent } from '../../../agent/machine/hosts-file.ts';
import { steps } from '../../../agent/steps/index.ts';
import { testContext } from './context.ts';

const hostName = steps['host-name'];
const hostsFile = steps['hosts-file'];
const kernelModules = steps['kernel-modules'];
const kubeletEnvironment = steps['kubelet-environment'];
const swap = steps.swap;
const sysctls = steps.sysctls;

describe('host-name', () => {
  const kernel = '/proc/sys/kernel/hostname';

  it('sets the planned name in the file and in the kernel', async () => {
    const context = testContext('host-name', { files: { '/etc/hostname': 'debian\n', [kernel]: 'debian\n' } });
    context.host.programs.hostname = ([name = '']) =>
      void context.host.files.set(kernel, { content: name, mode: 0o644 });
    expect(await hostName.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('debian') },
    });
    await hostName.apply(context);
    expect(await hostName.check(context)).toEqual({ state: 'done' });
    expect(context.host.content('/etc/hostname')).toBe('node01\n');
  });

  it('is not done when only the running kernel has the name', async () => {
    const context = testContext('host-name', { files: { '/etc/hostname': 'debian\n', [kernel]: 'node01\n' } });
    expect(await hostName.check(context)).toMatchObject({ state: 'todo' });
  });
});

describe('hosts-file', () => {
  const own = { block: '# muster: begin\n10.0.0.1 node01\n# muster: end\n', name: 'node01' };

  it('writes the planned hosts and the endpoint and keeps other lines', async () => {
    const context = testContext('hosts-file', { files: { '/etc/hosts': '127.0.0.1\tlocalhost\n10.9.9.9 printer\n' } });
    expect(await hostsFile.check(context)).toMatchObject({ state: 'todo' });
    await hostsFile.apply(context);
    expect(await hostsFile.check(context)).toEqual({ state: 'done' });
    const content = context.host.content('/etc/hosts');
    expect(content).toContain('192.168.0.131 node01\n192.168.0.130 demo.muster.internal\n# muster: end\n');
    expect(content).toContain('127.0.0.1\tlocalhost\n10.9.9.9 printer\n');
  });

  it('replaces its block when that has changed', () => {
    const old = '127.0.0.1 localhost\n# muster: begin\n10.0.0.9 gone\n# muster: end\n10.9.9.9 printer\n';
    expect(hostsContent(old, own)).toBe(`${own.block}127.0.0.1 localhost\n10.9.9.9 printer\n`);
  });

  it.each([
    ['', '127.0.0.1 localhost\n'],
    ['127.0.0.1 localhost\n127.0.1.1 node01\n', '127.0.0.1 localhost\n# muster: 127.0.1.1 node01\n'],
    [
      '127.0.0.1 localhost node01 # ours\n',
      '# muster: 127.0.0.1 localhost node01 # ours\n127.0.0.1 localhost # ours\n',
    ],
    ['127.0.0.1 localhost\n::1 node01\n', '127.0.0.1 localhost\n# muster: ::1 node01\n'],
    ['127.0.0.1 localhost\n127.0.1.1 node010\n', '127.0.0.1 localhost\n127.0.1.1 node010\n'],
    ['# 127.0.0.1 localhost\n', '127.0.0.1 localhost\n# 127.0.0.1 localhost\n'],
  ])('does not accept a loopback address for the host itself: %j', (current, rest) => {
    const once = hostsContent(current, own);
    expect(once).toBe(own.block + rest);
    expect(hostsContent(once, own)).toBe(once);
  });
});

describe('swap', () => {
  const header = 'Filename\t\t\t\tType\t\tSize\n';
  const on = `${header}/dev/sda2                               partition\t1024\n`;

  it('is turned off now and in fstab', async () => {
    const files = { '/proc/swaps': on, '/etc/fstab': 'UUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw 0 0\n' };
    const context = testContext('swap', { files });
    context.host.programs.systemctl = () => '';
    context.host.programs.swapoff = () => void context.host.files.set('/proc/swaps', { content: header, mode: 0o444 });
    expect(await swap.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('/dev/sda2') },
    });
    await swap.apply(context);
    expect(await swap.check(context)).toEqual({ state: 'done' });
    expect(context.host.content('/etc/fstab')).toBe('UUID=1 / ext4 defaults 0 1\n# muster: UUID=2 none swap sw 0 0\n');
  });

  it('is not done when only fstab enables it, and then runs no program', async () => {
    const context = testContext('swap', {
      files: { '/proc/swaps': header, '/etc/fstab': '/swap.img none swap sw 0 0' },
    });
    expect(await swap.check(context)).toMatchObject({ state: 'todo' });
    await swap.apply(context);
    expect(await swap.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines()).toEqual([]);
  });

  it('from a unit that fstab does not define is masked', async () => {
    const context = testContext('swap', { files: { '/proc/swaps': on } });
    const sources: Record<string, string> = {
      'dev-zram0.swap': '/run/systemd/generator/dev-zram0.swap',
      'dev-sda2.swap': '',
    };
    context.host.programs.swapoff = () => '';
    context.host.programs.systemctl = (args) =>
      args[0] === 'list-units'
        ? Object.keys(sources)
            .map((unit) => `${unit} loaded active active /dev/x\n`)
            .join('')
        : sources[args.at(-1) ?? ''];
    await swap.apply(context);
    expect([...context.host.links]).toEqual([['/etc/systemd/system/dev-zram0.swap', '/dev/null']]);
  });

  it('is recognised in fstab by its type alone', () => {
    const table = [
      '# UUID=2 none swap sw',
      '/swap /srv/swap ext4 x 0 0',
      '/dev/a\tnone\tswap\tsw\t0\t0\r',
      'tmpfs /t tmpfs',
    ];
    expect(withoutSwap(table.join('\n')).split('\n')).toEqual([table[0], table[1], `# muster: ${table[2]}`, table[3]]);
  });
});

describe('kernel-modules', () => {
  const bridge = '/proc/sys/net/bridge/bridge-nf-call-iptables';
  const builtIn = { '/proc/filesystems': 'nodev\tsysfs\nnodev\toverlay\n', [bridge]: '1' };

  it('that are built in need no modprobe', async () => {
    const context = testContext('kernel-modules', { files: builtIn });
    expect(await kernelModules.check(context)).toMatchObject({ state: 'todo' });
    await kernelModules.apply(context);
    expect(await kernelModules.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines()).toEqual([]);
    expect(context.host.content('/etc/modules-load.d/muster.conf')).toBe('overlay\nbr_netfilter\n');
  });

  it('are loaded when they are not', async () => {
    const context = testContext('kernel-modules', { files: { '/proc/filesystems': 'nodev\toverlay\n' } });
    context.host.programs.modprobe = () => void context.host.files.set(bridge, { content: '1', mode: 0o644 });
    await kernelModules.apply(context);
    expect(context.host.lines()).toEqual(['modprobe br_netfilter']);
    expect(await kernelModules.check(context)).toEqual({ state: 'done' });
  });

  it('that the kernel lacks are reported with the package that may contain them', async () => {
    const context = testContext('kernel-modules', {
      files: { '/proc/filesystems': 'nodev\toverlay\n', '/proc/sys/kernel/osrelease': '6.1.0\n' },
    });
    context.host.programs.modprobe = () => ({ exitCode: 1, stderr: 'FATAL: Module br_netfilter not found' });
    await expect(kernelModules.apply(context)).rejects.toMatchObject({
      code: 'module-missing',
      message: expect.stringContaining('br_netfilter not found'),
      remedy: { en: expect.stringContaining('linux-modules-extra-6.1.0') },
    });
  });
});

describe('sysctls', () => {
  const paths = ['net/bridge/bridge-nf-call-iptables', 'net/bridge/bridge-nf-call-ip6tables', 'net/ipv4/ip_forward'];
  const values = (value: string) => Object.fromEntries(paths.map((path) => [`/proc/sys/${path}`, `${value}\n`]));

  function context(files: Record<string, string>) {
    const made = testContext('sysctls', { files });
    made.host.programs.sysctl = () => {
      for (const [path, content] of Object.entries(values('1'))) made.host.files.set(path, { content, mode: 0o644 });
    };
    return made;
  }

  it('are set now and for the next boot', async () => {
    const made = context(values('0'));
    expect(await sysctls.check(made)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('ip_forward = 0') },
    });
    await sysctls.apply(made);
    expect(await sysctls.check(made)).toEqual({ state: 'done' });
    expect(made.host.lines()).toEqual(['sysctl -p /etc/sysctl.d/99-zz-muster.conf']);
  });

  it('that are set only until the next boot are not done', async () => {
    expect(await sysctls.check(context(values('1')))).toMatchObject({ state: 'todo' });
  });

  describe('that are limits', () => {
    const limits = (instances: number) => ({
      ...values('1'),
      '/proc/sys/fs/inotify/max_user_instances': `${instances}\n`,
      '/proc/sys/fs/inotify/max_user_watches': '1048576\n',
    });
    const own = '/etc/sysctl.d/99-zz-muster.conf';

    it('are raised when they are too low, and their previous values recorded', async () => {
      const made = context(limits(128));
      expect(await sysctls.check(made)).toMatchObject({
        message: { en: 'fs.inotify.max_user_instances = 128 (required: at least 8192)' },
      });
      await sysctls.apply(made);
      expect(made.host.content(own)).toContain('fs.inotify.max_user_instances = 8192\n');
      expect(made.host.remembered).toContain('sysctl fs.inotify.max_user_instances');
    });

    it('stay when they are higher', async () => {
      const made = context(limits(65_536));
      await sysctls.apply(made);
      expect(made.host.content(own)).not.toContain('inotify');
      expect(made.host.remembered).not.toContain('sysctl fs.inotify.max_user_instances');
      expect(await sysctls.check(made)).toEqual({ state: 'done' });
    });

    it('that were raised stay raised', async () => {
      const made = context(limits(128));
      await sysctls.apply(made);
      const before = made.host.content(own) ?? '';
      const next = context({ ...limits(8192), [own]: before });
      expect(await sysctls.check(next)).toEqual({ state: 'done' });
      await sysctls.apply(next);
      expect(next.host.content(own)).toBe(before);
    });
  });

  it('that do not exist are not done, and reported', async () => {
    expect(await sysctls.check(context({}))).toMatchObject({ message: { en: expect.stringContaining('no such key') } });
  });

  it('are read from the kernel, and the file that sets a wrong value is named', async () => {
    const made = context({
      ...values('1'),
      '/proc/sys/net/ipv4/ip_forward': '0\n',
      '/etc/sysctl.d/10-early.conf': 'net.ipv4.ip_forward=0\n',
      '/usr/lib/sysctl.d/50-vendor.conf': 'net.ipv4.ip_forward=1\n',
      '/etc/sysctl.d/99-sysctl.conf': '# net.ipv4.ip_forward=1\nnet/ipv4/ip_forward = 0\n',
      '/etc/sysctl.d/99-zz-muster.conf': 'net.ipv4.ip_forward = 1\n',
    });
    expect(await sysctls.check(made)).toMatchObject({
      message: { en: 'net.ipv4.ip_forward = 0 (required: 1; set by /etc/sysctl.d/99-sysctl.conf)' },
    });
    await sysctls.apply(made);
    expect(made.host.remembered).toContain('sysctl net.ipv4.ip_forward');
    expect(made.said.join()).not.toContain('at every boot');
  });

  it('name the later file that would override them at boot', async () => {
    const made = context({
      ...values('1'),
      '/etc/sysctl.d/99-zzz.conf': 'net.ipv4.ip_forward=0\n',
      '/etc/sysctl.conf': 'net.ipv4.ip_forward=1\n',
    });
    await sysctls.apply(made);
    expect(made.said).toEqual([expect.stringContaining('/etc/sysctl.d/99-zzz.conf sets')]);
  });
});

describe('kubelet-environment', () => {
  const path = '/etc/default/kubelet';

  it('is merged with the existing content', async () => {
    const files = { [path]: 'KUBELET_EXTRA_ARGS=--v=4\nAWS_EC2_METADATA_DISABLED=false\n' };
    const context = testContext('kubelet-environment', { files });
    expect(await kubeletEnvironment.check(context)).toMatchObject({ state: 'todo' });
    await kubeletEnvironment.apply(context);
    expect(await kubeletEnvironment.check(context)).toEqual({ state: 'done' });
    expect(context.host.content(path)).toBe('KUBELET_EXTRA_ARGS=--v=4\nAWS_EC2_METADATA_DISABLED=true\n');
  });

  it('is left unchanged when this kubelet needs nothing', async () => {
    const change = (settings: { kubernetes: { version: string } }) => {
      settings.kubernetes.version = '1.30.0';
    };
    expect(await kubeletEnvironment.check(testContext('kubelet-environment', { change }))).toEqual({ state: 'done' });
  });
});
