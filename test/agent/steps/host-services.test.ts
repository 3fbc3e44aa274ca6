import { describe, expect, it } from 'vitest';
import { steps } from '../../../agent/steps/index.ts';
import { testContext } from './context.ts';

const proxy = steps.proxy;
const serviceLimits = steps['service-limits'];
const journal = steps.journal;
const networkManager = steps['network-manager'];
const swap = steps.swap;
const timeDaemon = steps['time-daemon'];

const system = '/etc/systemd/system';
const active = 'ActiveState=active\nUnitFileState=enabled\n';
const isNode = { '/etc/kubernetes/kubelet.conf': 'x' };
const restartMark = '/run/muster-agent/restart-docker';

describe('service-limits', () => {
  const file = (unit: string) => `${system}/${unit}.service.d/50-muster-limits.conf`;

  it('are written for the runtime and the kubelet, and the runtime is restarted', async () => {
    const context = testContext('service-limits', { programs: { systemctl: () => active } });
    expect(await serviceLimits.check(context)).toMatchObject({ state: 'todo' });
    await serviceLimits.apply(context);
    expect(await serviceLimits.check(context)).toEqual({ state: 'done' });
    for (const unit of ['docker', 'kubelet']) expect(context.host.content(file(unit))).toContain('LimitNOFILE=1048576');
    expect(context.host.lines()).toContain('systemctl daemon-reload');
    expect(context.host.files.has(restartMark)).toBe(true);
  });

  it('restart nothing under a Node', async () => {
    const context = testContext('service-limits', { files: isNode, programs: { systemctl: () => active } });
    await serviceLimits.apply(context);
    expect(context.host.files.has(restartMark)).toBe(false);
  });
});

describe('proxy', () => {
  const file = `${system}/docker.service.d/50-muster-proxy.conf`;
  const planned = (files: Record<string, string> = {}) =>
    testContext('proxy', {
      files,
      programs: { systemctl: () => active },
      change({ preparation }) {
        preparation.proxy = { http: 'http://proxy:3128', https: null, noProxy: ['.corp'] };
      },
    });

  it('routes the runtime and the kubelet through the proxy, except for the cluster’s own addresses', async () => {
    const context = planned();
    expect(await proxy.check(context)).toMatchObject({ state: 'todo', message: { en: expect.stringContaining(file) } });
    await proxy.apply(context);
    expect(await proxy.check(context)).toEqual({ state: 'done' });
    expect(context.host.content(file)).toBe(
      '[Service]\nEnvironment="HTTP_PROXY=http://proxy:3128"\n' +
        'Environment="NO_PROXY=localhost,127.0.0.0/8,::1,demo.muster.internal,192.168.0.130,master01,192.168.0.131,node01,' +
        '10.244.0.0/16,10.96.0.0/12,.svc,.cluster.local,.corp"\n',
    );
    expect(context.host.files.has(restartMark)).toBe(true);
  });

  it('is not needed where the plan has none, and is removed with the plan’s setting', async () => {
    expect(await proxy.check(testContext('proxy'))).toEqual({ state: 'done' });
    const context = testContext('proxy', { files: { [file]: 'x' }, programs: { systemctl: () => active } });
    expect(await proxy.check(context)).toMatchObject({ state: 'todo' });
    await proxy.apply(context);
    expect(context.host.files.has(file)).toBe(false);
  });
});

describe('journal', () => {
  const file = '/etc/systemd/journald.conf.d/50-muster.conf';

  it('gets a limit when it has none', async () => {
    const context = testContext('journal', {
      files: { '/etc/systemd/journald.conf': '[Journal]\n#SystemMaxUse=\n' },
      programs: { systemctl: () => '' },
    });
    expect(await journal.check(context)).toMatchObject({ state: 'todo' });
    await journal.apply(context);
    expect(await journal.check(context)).toEqual({ state: 'done' });
    expect(context.host.content(file)).toBe('[Journal]\nSystemMaxUse=1G\n');
    expect(context.host.lines()).toEqual(['systemctl try-restart systemd-journald']);
  });

  it('keeps the operator’s limit, and is left unchanged where the plan says so', async () => {
    const limited = testContext('journal', { files: { '/etc/systemd/journald.conf.d/own.conf': 'SystemMaxUse=300M' } });
    expect(await journal.check(limited)).toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('own.conf') },
    });
    const kept = testContext('journal', {
      change({ preparation }) {
        preparation.journalMaxUse = null;
      },
    });
    expect(await journal.check(kept)).toEqual({ state: 'done' });
  });

  it('loses muster’s limit once the operator sets one', async () => {
    const files = { [file]: '[Journal]\nSystemMaxUse=1G\n', '/etc/systemd/journald.conf': 'SystemMaxUse=2G' };
    const context = testContext('journal', { files, programs: { systemctl: () => '' } });
    expect(await journal.check(context)).toMatchObject({ state: 'todo' });
    await journal.apply(context);
    expect(context.host.files.has(file)).toBe(false);
  });
});

describe('network-manager', () => {
  it('ignores the interfaces of pods', async () => {
    const context = testContext('network-manager', {
      files: { '/usr/sbin/NetworkManager': '' },
      programs: { systemctl: () => active },
    });
    expect(await networkManager.check(context)).toMatchObject({ state: 'todo' });
    await networkManager.apply(context);
    expect(await networkManager.check(context)).toEqual({ state: 'done' });
    const content = context.host.content('/etc/NetworkManager/conf.d/50-muster.conf');
    for (const name of ['cali*', 'cni*', 'flannel*']) expect(content).toContain(`interface-name:${name}`);
    expect(context.host.lines()).toContain('systemctl reload NetworkManager');
  });

  it('needs nothing when it is not installed', async () => {
    expect(await networkManager.check(testContext('network-manager'))).toEqual({ state: 'done' });
  });
});

describe('time-daemon', () => {
  const timesyncd = '/usr/lib/systemd/system/systemd-timesyncd.service';
  const chrony = '/lib/systemd/system/chrony.service';

  it('that is installed is enabled and started, and its previous state is recorded', async () => {
    const context = testContext('time-daemon', { files: { [timesyncd]: '' } });
    const link = `${system}/sysinit.target.wants/systemd-timesyncd.service`;
    context.host.programs.systemctl = () => void context.host.links.set(link, timesyncd);
    expect(await timeDaemon.check(context)).toMatchObject({ state: 'todo' });
    await timeDaemon.apply(context);
    expect(await timeDaemon.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines()).toEqual(['systemctl enable --now systemd-timesyncd.service']);
    expect(context.host.remembered).toEqual(['unit systemd-timesyncd.service']);
  });

  it('is not started beside another one', async () => {
    const links = { [`${system}/multi-user.target.wants/chrony.service`]: chrony };
    const context = testContext('time-daemon', { files: { [timesyncd]: '', [chrony]: '' }, links });
    expect(await timeDaemon.check(context)).toEqual({ state: 'done' });
  });

  it('that is masked or missing stays so', async () => {
    const masked = testContext('time-daemon', {
      files: { [chrony]: '' },
      links: { [`${system}/chrony.service`]: '/dev/null' },
    });
    expect(await timeDaemon.check(masked)).toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('no time') },
    });
    const missing = testContext('time-daemon');
    expect(await timeDaemon.check(missing)).toMatchObject({ state: 'done' });
    await timeDaemon.apply(missing);
    expect(missing.host.lines()).toEqual([]);
  });
});

it('swap that a unit enables at boot is disabled there, and its previous state is recorded', async () => {
  const link = `${system}/multi-user.target.wants/zramswap.service`;
  const context = testContext('swap', {
    files: { '/proc/swaps': 'Filename\n' },
    links: { [link]: '/lib/systemd/system/zramswap.service' },
  });
  context.host.programs.systemctl = () => void context.host.links.delete(link);
  expect(await swap.check(context)).toMatchObject({ message: { en: expect.stringContaining('zramswap.service') } });
  await swap.apply(context);
  expect(await swap.check(context)).toEqual({ state: 'done' });
  expect(context.host.lines()).toEqual(['systemctl disable --now zramswap.service']);
  expect(context.host.remembered).toEqual(['swap devices', 'unit zramswap.service']);
});
