import { describe, expect, it } from 'vitest';
import { images } from '../../../agent/steps/images.ts';
import { imagesOf } from '../../../agent/steps/needed-images.ts';
import { testContext } from './context.ts';

describe('images', () => {
  const repository = 'registry:5000/k8s';
  const all = ['kube-apiserver:v1.20.2', 'kube-proxy:v1.20.2', 'pause:3.2', 'coredns:1.7.0'].map(
    (name) => `${repository}/${name}`,
  );

  function imageHost(self: 'master01' | 'node01', broken: string[] = []) {
    const there = new Set<string>();
    let atOnce = 0;
    let most = 0;
    const context = testContext('images', { self });
    Object.assign(context.host.programs, {
      kubeadm: () => `${all.join('\n')}\n`,
      docker: async (args: readonly string[]) => {
        const image = args.at(-1) ?? '';
        if (args[0] === 'image') return { exitCode: there.has(image) ? 0 : 1 };
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        if (broken.some((name) => image.includes(name))) return { exitCode: 1, stderr: 'manifest unknown' };
        there.add(image);
        return '';
      },
    });
    return { context, there, most: () => most };
  }

  it('of a control plane are all of kubeadm’s, and the network plugin’s', async () => {
    const { context, there, most } = imageHost('master01');
    expect(await images.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('kube-apiserver') },
    });
    await images.apply(context);
    expect(await images.check(context)).toEqual({ state: 'done' });
    expect([...there].sort()).toEqual([...all, 'registry:5000/plugin:v1'].sort());
    expect(most()).toBe(3);
  });

  it('of a worker are those that run on one', async () => {
    const { context, there } = imageHost('node01');
    await images.apply(context);
    expect(there.has(`${repository}/kube-apiserver:v1.20.2`)).toBe(false);
    expect(there.has(`${repository}/kube-proxy:v1.20.2`)).toBe(true);
  });

  it('that are optional may be missing', async () => {
    const { context } = imageHost('node01', ['plugin', 'coredns']);
    await images.apply(context);
    expect(await images.check(context)).toEqual({ state: 'done' });
    expect(context.said.filter((line) => line.includes('manifest unknown'))).toHaveLength(2);
  });

  it('that the node requires may not be missing', async () => {
    const { context } = imageHost('node01', ['pause']);
    await expect(images.apply(context)).rejects.toMatchObject({
      code: 'image-unavailable',
      params: { image: `${repository}/pause:3.2`, reason: { en: 'manifest unknown (exit code 1)' } },
    });
  });

  it('are left to the kubelet once the host is a Node', async () => {
    const { context } = imageHost('node01');
    context.host.files.set('/etc/kubernetes/kubelet.conf', { content: 'x', mode: 0o600 });
    expect(await images.check(context)).toEqual({ state: 'done' });
    expect(context.host.calls).toEqual([]);
  });

  it('leave no configuration behind, and none that others can read', async () => {
    const { context } = imageHost('node01');
    const modes: number[] = [];
    context.host.programs.kubeadm = (args) => {
      modes.push(context.host.files.get(args.at(-1) ?? '')?.mode ?? 0);
      return all.join('\n');
    };
    await images.check(context);
    expect(modes).toEqual([0o600]);
    expect([...context.host.files.keys()]).toEqual([]);
  });

  it('are found in a manifest in every notation', () => {
    const manifest =
      'a:\n  - image: x/a:1\n    image: "x/b:2" # note\n  image:\n  imagePullPolicy: Always\n  - image: x/a:1\n';
    expect(imagesOf(manifest)).toEqual(['x/a:1', 'x/b:2']);
  });
});
