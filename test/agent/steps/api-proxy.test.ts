import { describe, expect, it } from 'vitest';
import { steps } from '../../../agent/steps/index.ts';
import { apiServerManifest, apiProxy as paths } from '../../../shared/steps/content/api-proxy.ts';
import { testContext } from './context.ts';

const { 'api-proxy': apiProxy, 'hosts-file': hostsFile } = steps;
type Options = NonNullable<Parameters<typeof testContext>[1]>;

const manifest = '  - command:\n    - kube-apiserver\n    - --secure-port=6443\n';
const aNode = { '/etc/kubernetes/kubelet.conf': '', '/var/lib/kubelet/config.yaml': '' };
const aKubeProxy = (address: string) => ({
  '/var/lib/kubelet/pods/1/containers/kube-proxy/x': '',
  '/var/lib/kubelet/pods/1/etc-hosts': `${address} demo.muster.internal\n`,
});
const direct = '# muster: begin\n192.168.0.130 master01\n192.168.0.130 demo.muster.internal\n# muster: end\n';

/** A host of a plan with so many control planes. */
function planned(count: 1 | 3, { programs, ...options }: Options = {}) {
  const running = new Set<string>();
  return testContext('api-proxy', {
    ...options,
    change(settings) {
      for (let index = 2; index <= count; index += 1)
        settings.hosts.push({ name: `master0${index}`, address: `192.168.0.14${index}`, role: 'control-plane' });
    },
    programs: {
      systemctl([verb = '', ...args]) {
        const name = args.at(-1) ?? '';
        if (/start|restart|enable/.test(verb)) running.add(name);
        if (verb === 'disable') running.delete(name);
        const on = running.has(name);
        return `Id=${name}\nActiveState=${on ? 'active' : 'inactive'}\nUnitFileState=${on ? 'enabled' : ''}\n`;
      },
      pgrep: () => '',
      docker: ([verb]) => (verb === 'ps' ? 'c0ffee\n' : undefined),
      ...programs,
    },
  });
}

describe('with one control plane', () => {
  it('there is nothing to do', async () => {
    const context = planned(1, { files: aNode });
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
    expect(context.host.written).toEqual([]);
  });
});

describe('with several control planes', () => {
  it('the proxy is started before the endpoint’s name points to it', async () => {
    const context = planned(3, { self: 'node01' });
    await hostsFile.apply(context);
    expect(context.host.content('/etc/hosts')).toContain('192.168.0.130 demo.muster.internal\n');
    expect(await apiProxy.check(context)).toMatchObject({ state: 'todo' });
    await apiProxy.apply(context);
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
    expect(await hostsFile.check(context)).toEqual({ state: 'done' });
    expect(context.host.content('/etc/hosts')).toContain('127.0.0.1 localhost demo.muster.internal\n');
    expect(context.host.content(paths.config)).toContain('server master03 192.168.0.143:6443');
    const started = context.host.lines().indexOf(`systemctl start ${paths.unit}`);
    expect(context.host.lines().indexOf(`systemctl enable ${paths.unit}`)).toBeLessThan(started);
    expect(context.host.written.lastIndexOf('/etc/hosts')).toBeGreaterThan(
      context.host.written.indexOf(paths.unitFile),
    );
  });

  it('a Node’s endpoint stays until its proxy runs', async () => {
    const context = planned(3, { self: 'node01', files: { ...aNode, '/etc/hosts': direct } });
    expect(await hostsFile.check(context)).toEqual({ state: 'done' });
  });

  it('a change of the control planes reloads the proxy, and a stopped one is started', async () => {
    const context = planned(3, { self: 'node01' });
    await apiProxy.apply(context);
    context.assignment.settings.hosts.pop();
    await apiProxy.apply(context);
    expect(context.host.lines()).toContain(`systemctl reload-or-restart ${paths.unit}`);
    let state = 'inactive';
    context.host.programs.systemctl = ([verb]) => {
      if (verb === 'start') state = 'active';
      return `ActiveState=${state}\nUnitFileState=enabled\n`;
    };
    expect(await apiProxy.check(context)).toMatchObject({ state: 'todo' });
    await apiProxy.apply(context);
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
  });

  it('a running API server gets the argument to share its port, and the proxy waits for its restart', async () => {
    let asked = 0;
    const pgrep = () => {
      asked += 1;
      return { exitCode: asked > 3 ? 0 : 1 };
    };
    const files = { ...aNode, [apiServerManifest]: manifest };
    const context = planned(3, { self: 'master01', files, programs: { pgrep } });
    await apiProxy.apply(context);
    expect(context.host.content(apiServerManifest)).toContain('    - --permit-port-sharing=true\n');
    expect(asked).toBe(4);
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
  });

  it('a kubelet and a kube-proxy with an earlier address of the endpoint are restarted', async () => {
    const stop =
      (context: ReturnType<typeof planned>) =>
      ([verb = '']: readonly string[]) => {
        if (verb === 'stop') {
          const content = context.host.content('/etc/hosts');
          context.host.files.set('/var/lib/kubelet/pods/1/etc-hosts', { content, mode: 0o644 });
        }
        return verb === 'ps' ? 'c0ffee\n' : undefined;
      };
    const context = planned(3, { self: 'node01', files: { ...aNode, ...aKubeProxy('192.168.0.130') } });
    context.host.programs.docker = stop(context);
    await apiProxy.apply(context);
    expect(context.host.lines()).toEqual(
      expect.arrayContaining(['systemctl try-restart kubelet', 'docker stop c0ffee']),
    );
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
  });

  it('a folder that an ended kube-proxy left causes no restart', async () => {
    const files = { ...aNode, ...aKubeProxy('192.168.0.130') };
    const context = planned(3, { self: 'node01', files });
    context.host.programs.docker = ([verb, ...args]) =>
      verb === 'ps' && !args.includes('label=io.kubernetes.pod.uid=1') ? 'c0ffee\n' : undefined;
    await apiProxy.apply(context);
    expect(await apiProxy.check(context)).toEqual({ state: 'done' });
    expect(context.host.lines().filter((line) => /restart kubelet|docker stop/.test(line))).toEqual([]);
  });

  it('the idle service of the package is stopped only if muster installed the package', async () => {
    const installed = {
      '/var/lib/muster-agent/package-changes.json': '{"packages":["haproxy"],"paths":[],"version":""}',
    };
    const stops = async (files: Record<string, string>) => {
      const context = planned(3, { self: 'node01', files });
      await context.host.run('systemctl', ['enable', 'haproxy']);
      await apiProxy.apply(context);
      return context.host.lines().includes('systemctl disable --now haproxy');
    };
    expect(await stops(installed)).toBe(true);
    expect(await stops({})).toBe(false);
    expect(await stops({ ...installed, '/etc/haproxy/haproxy.cfg': 'global\nfrontend site\n  bind :80\n' })).toBe(
      false,
    );
  });
});

it('back to one control plane: the endpoint points to it before the proxy is removed', async () => {
  const context = planned(3, { self: 'node01' });
  await apiProxy.apply(context);
  context.assignment.settings.hosts.splice(2);
  await hostsFile.apply(context);
  expect(context.host.content('/etc/hosts')).toContain('192.168.0.130 demo.muster.internal\n');
  expect(await apiProxy.check(context)).toMatchObject({ state: 'todo' });
  await apiProxy.apply(context);
  expect(context.host.lines()).toContain(`systemctl disable --now ${paths.unit}`);
  for (const path of [paths.config, paths.unitFile]) expect(context.host.files.has(path)).toBe(false);
  expect(await apiProxy.check(context)).toEqual({ state: 'done' });
});
