import { describe, expect, it } from 'vitest';
import { adminConf as adminConfFile } from '../../../agent/kube/kubeconfig.ts';
import { networkPlugin } from '../../../agent/steps/network-plugin.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();

const context = (id: string, files: Record<string, string> = {}) =>
  testContext(id, { self: 'master01', files: { [adminConfFile]: api.kubeconfig(), ...files } });

describe('network-plugin', () => {
  function pluginHost() {
    const made = context('network-plugin');
    made.host.programs.kubectl = () => 'daemonset.apps/plugin created\n';
    return made;
  }

  it('is applied once, and recorded in the cluster', async () => {
    const made = pluginHost();
    expect(await networkPlugin.check(made)).toMatchObject({ state: 'todo', message: { en: 'a plugin: not applied' } });
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

  it('configures flannel with the planned pod range', async () => {
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

  it('is applied by the server if an object is too long for client-side apply', async () => {
    const made = pluginHost();
    const description = 'x'.repeat(300_000);
    const manifest = `kind: Namespace\n---\nkind: CustomResourceDefinition\nspec: {description: ${description}}\n`;
    made.assignment.settings.network.plugin.manifest = { text: manifest };
    await networkPlugin.apply(made);
    expect(made.host.calls[0]?.args).toEqual(
      expect.arrayContaining(['--server-side', '--force-conflicts', '--field-manager=muster']),
    );
  });

  it('refuses a manifest with another pod range than the planned one', async () => {
    const made = pluginHost();
    made.assignment.settings.network.plugin.manifest = {
      text: 'data: {net-conf.json: \'{"Network": "10.5.0.0/16"}\'}\n',
    };
    await expect(networkPlugin.apply(made)).rejects.toMatchObject({ code: 'manifest-other-range' });
    expect(made.host.calls).toEqual([]);
  });

  it('says so when the plugin has another pod range that it works with', async () => {
    const made = pluginHost();
    made.assignment.settings.network.plugin.manifest = { text: 'data:\n  cluster-pool-ipv4-cidr: "10.0.0.0/8"\n' };
    await networkPlugin.apply(made);
    expect(made.said[0]).toContain('Cilium');
    expect(made.host.calls).toHaveLength(1);
  });

  it('is not recorded when kubectl refused it', async () => {
    const made = pluginHost();
    made.host.programs.kubectl = () => ({ exitCode: 1, stderr: 'error: no objects passed to apply' });
    await expect(networkPlugin.apply(made)).rejects.toMatchObject({
      message: expect.stringContaining('no objects passed'),
    });
    expect(api.objects.size).toBe(0);
  });
});
