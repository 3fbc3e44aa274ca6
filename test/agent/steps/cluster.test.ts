import { describe, expect, it } from 'vitest';
import { adminConf as adminConfFile } from '../../../agent/kube/kubeconfig.ts';
import { autoApprovalPath } from '../../../agent/kube/objects.ts';
import { adminConf } from '../../../agent/steps/admin-conf.ts';
import { approval } from '../../../agent/steps/approval.ts';
import { networkPlugin } from '../../../agent/steps/network-plugin.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();

const context = (id: string, files: Record<string, string> = {}) =>
  testContext(id, { self: 'master01', files: { [adminConfFile]: api.kubeconfig(), ...files } });

describe('admin-conf', () => {
  const target = '/root/.kube/config';

  it('gives root a copy that only root can read', async () => {
    const made = context('admin-conf');
    expect(await adminConf.check(made)).toMatchObject({ state: 'todo' });
    await adminConf.apply(made);
    expect(await adminConf.check(made)).toEqual({ state: 'done' });
    expect(made.host.files.get(target)).toEqual({ content: made.host.content(adminConfFile), mode: 0o600 });
  });

  it('renews the copy of an earlier admin.conf of this endpoint', async () => {
    const made = context('admin-conf', { [target]: api.kubeconfig('earlier') });
    expect(await adminConf.check(made)).toMatchObject({ state: 'todo' });
  });

  it.each([
    ['for another cluster', () => api.kubeconfig().replace(api.url, 'https://elsewhere:6443')],
    ['in another form', () => 'users: []'],
  ])('leaves alone a kubeconfig %s, and says so', async (_, content) => {
    const made = context('admin-conf', { [target]: content() });
    expect(await adminConf.check(made)).toMatchObject({ state: 'done', message: expect.stringContaining('stays') });
  });
});

describe('approval', () => {
  const secrets = '/api/v1/namespaces/kube-system/secrets';
  const rule = decodeURIComponent(autoApprovalPath);
  const secret = (name: string, labels?: object) => ({ metadata: { name, labels } });
  const list = (...items: object[]) => api.objects.set(secrets, { items });

  it('takes away the automatic approval and every token that muster has not minted', async () => {
    api.objects.set(rule, {}).set(`${secrets}/bootstrap-token-init`, {}).set(`${secrets}/bootstrap-token-ours`, {});
    list(secret('bootstrap-token-init'), secret('bootstrap-token-ours', { muster: 'join-credential' }));
    const made = context('approval');
    expect(await approval.check(made)).toMatchObject({ state: 'todo' });
    await approval.apply(made);
    expect([...api.objects.keys()]).toEqual([`${secrets}/bootstrap-token-ours`, secrets]);
  });

  it('is to be done for a token alone, and done with muster’s own', async () => {
    list(secret('bootstrap-token-foreign', { muster: 'else' }));
    expect(await approval.check(context('approval'))).toMatchObject({
      state: 'todo',
      message: expect.stringContaining('bootstrap-token-foreign'),
    });
    list(secret('bootstrap-token-ours', { muster: 'join-credential' }));
    expect(await approval.check(context('approval'))).toEqual({ state: 'done' });
  });
});

describe('network-plugin', () => {
  function pluginHost() {
    const made = context('network-plugin');
    made.host.programs.kubectl = () => 'daemonset.apps/plugin created\n';
    return made;
  }

  it('is applied once, and remembered by the cluster', async () => {
    const made = pluginHost();
    expect(await networkPlugin.check(made)).toMatchObject({ state: 'todo', message: 'a plugin is not applied' });
    await networkPlugin.apply(made);
    expect(await networkPlugin.check(made)).toEqual({ state: 'done' });
    expect(made.host.calls).toMatchObject([
      { args: ['--kubeconfig', adminConfFile, 'apply', '-f', '-'], input: 'image: registry:5000/plugin:v1\n' },
    ]);
  });

  it('is applied again when the plan names another', async () => {
    const made = pluginHost();
    await networkPlugin.apply(made);
    made.assignment.settings.network.plugin.manifest = { text: 'image: registry:5000/plugin:v2\n' };
    expect(await networkPlugin.check(made)).toMatchObject({ state: 'todo' });
    await networkPlugin.apply(made);
    expect(await networkPlugin.check(made)).toEqual({ state: 'done' });
  });

  it('has flannel use the planned pod range', async () => {
    const made = pluginHost();
    made.assignment.settings.network.podSubnet = '10.99.0.0/16';
    made.assignment.settings.network.plugin = {
      title: 'Flannel',
      kind: 'flannel',
      manifest: { text: '      "Network": "10.244.0.0/16",\n' },
    };
    await networkPlugin.apply(made);
    expect(made.host.calls[0]?.input).toBe('      "Network": "10.99.0.0/16",\n');
  });

  it('is not remembered when kubectl refused it', async () => {
    const made = pluginHost();
    made.host.programs.kubectl = () => ({ exitCode: 1, stderr: 'error: no objects passed to apply' });
    await expect(networkPlugin.apply(made)).rejects.toMatchObject({
      message: expect.stringContaining('no objects passed'),
    });
    expect(api.objects.size).toBe(0);
  });
});
