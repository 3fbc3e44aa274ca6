import { pauseImage } from '../../kubeadm/runtime.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const sandboxImage: Check = {
  id: 'sandbox-image',
  group: 'runtime',
  level: 'warning',
  title: { en: 'Sandbox image matches kubeadm’s', zh: '沙箱镜像与 kubeadm 一致' },
  reason: {
    en: 'containerd’s default image comes from a registry that may be blocked: every pod stays in ContainerCreating.',
    zh: 'containerd 的默认镜像所在仓库可能被屏蔽：所有 Pod 会停留在 ContainerCreating。',
  },
  needed: { en: 'the pause image that kubeadm pulls', zh: 'kubeadm 拉取的 pause 镜像' },
  remedy: {
    en: 'Set sandbox_image in /etc/containerd/config.toml and restart containerd',
    zh: '在 /etc/containerd/config.toml 中设置 sandbox_image 并重启 containerd',
  },
  command: '',
  cases: { planned: { needed: verbatim('{image}') } },
  step: 'runtime-config',
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    const wanted = pauseImage(assignment.settings.kubernetes, software.pauseTag);
    if (software.containerd === null)
      return ok({ en: '/etc/containerd/config.toml does not exist yet', zh: '/etc/containerd/config.toml 尚不存在' });
    const { sandboxImage: found } = software.containerd;
    if (found === wanted) return ok(verbatim(wanted));
    return warning(
      found === null
        ? { en: 'not set (containerd’s default)', zh: '未设置（containerd 的默认镜像）' }
        : verbatim(found),
      { case: 'planned', values: { image: wanted } },
    );
  },
};
